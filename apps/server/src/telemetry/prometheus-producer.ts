import { hrTime } from '@opentelemetry/core';
import { metrics, resources } from '@opentelemetry/sdk-node';
import { ValueType } from '@opentelemetry/api';
import type { MetricObjectWithValues, MetricValue, Registry } from 'prom-client';

type Point<T> = metrics.DataPoint<T>;
type Found = MetricObjectWithValues<MetricValue<string> & { metricName?: string }>;

/** Gives the numbers of `/metrics` to OpenTelemetry, under the same names: they are counted once, and read in two ways. */
export class PrometheusProducer implements metrics.MetricProducer {
  readonly #registry: Registry;
  readonly #startTime = hrTime();

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  async collect(): Promise<metrics.CollectionResult> {
    const found = (await this.#registry.getMetricsAsJSON()) as Found[];
    const scope = { name: 'gangway' };
    const scopeMetrics = [{ scope, metrics: found.flatMap((metric) => this.#toMetric(metric)) }];
    return { resourceMetrics: { resource: resources.emptyResource(), scopeMetrics }, errors: [] };
  }

  #toMetric({ name, help, type, values }: Found): metrics.MetricData[] {
    const shared = {
      descriptor: { name, description: help, unit: '', valueType: ValueType.DOUBLE },
      aggregationTemporality: metrics.AggregationTemporality.CUMULATIVE,
    };
    // As text: the enumeration of prom-client is for its types only.
    switch (String(type)) {
      case 'counter':
        return [
          {
            ...shared,
            dataPointType: metrics.DataPointType.SUM,
            isMonotonic: true,
            dataPoints: values.map((one) => this.#toPoint(one.labels, one.value)),
          },
        ];
      case 'gauge':
        return [
          {
            ...shared,
            dataPointType: metrics.DataPointType.GAUGE,
            dataPoints: values.map((one) => this.#toPoint(one.labels, one.value)),
          },
        ];
      case 'histogram':
        return [
          {
            ...shared,
            dataPointType: metrics.DataPointType.HISTOGRAM,
            dataPoints: this.#toHistograms(name, values),
          },
        ];
      default:
        // Summaries have no place in OTLP but for reading old ones; only one of Node's own numbers is one.
        return [];
    }
  }

  #toPoint<T>(attributes: object, value: T): Point<T> {
    return { attributes: { ...attributes }, value, startTime: this.#startTime, endTime: hrTime() };
  }

  /** Prometheus counts what is at most a boundary, over all below; OpenTelemetry what lies between two. */
  #toHistograms(name: string, values: Found['values']): Point<metrics.Histogram>[] {
    const series = new Map<string, { labels: object; bounds: number[]; upTo: number[]; sum: number }>();
    for (const { labels, value, metricName } of values) {
      const { le, ...others } = labels as Record<string, string | number>;
      const key = JSON.stringify(others);
      const one = series.get(key) ?? { labels: others, bounds: [], upTo: [], sum: 0 };
      series.set(key, one);
      if (metricName === `${name}_sum`) one.sum = value;
      if (le === undefined) continue;
      one.upTo.push(value);
      if (le !== '+Inf') one.bounds.push(Number(le));
    }
    return [...series.values()].map(({ labels, bounds, upTo, sum }) => {
      const counts = upTo.map((count, at) => count - (upTo[at - 1] ?? 0));
      return this.#toPoint(labels, { buckets: { boundaries: bounds, counts }, sum, count: upTo.at(-1) ?? 0 });
    });
  }
}
