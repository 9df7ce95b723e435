import { trace } from '@opentelemetry/api';
import { metrics, NodeSDK } from '@opentelemetry/sdk-node';
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { wantsSignal } from '../config/wants-telemetry.js';
import { PrometheusProducer } from './prometheus-producer.js';
import { RunIdGenerator } from './run-id-generator.js';
import { RunTraces, spanContextOfRun } from './run-trace.js';
import type { Telemetry } from './telemetry.js';
import { traceCall } from './trace-call.js';
import { traceFetch } from './trace-fetch.js';
import { traceOperations } from './trace-operations.js';
import { traceIdOf, traceRequest } from './trace-request.js';

const CLOSE_MS = 3_000;

/**
 * Starts OpenTelemetry as its own variables say (`OTEL_…`): where traces and metrics go, how, how many, and under which name.
 * Loaded only if one of them asks for it.
 */
export async function startTelemetry(environment: NodeJS.ProcessEnv): Promise<Telemetry> {
  environment['OTEL_SERVICE_NAME'] ||= 'gangway';
  environment['OTEL_LOGS_EXPORTER'] ||= 'none'; // logs go to stdout, and name their trace
  // By itself the SDK sends everything to a collector on this machine, whatever is asked for.
  if (!wantsSignal(environment, 'TRACES')) environment['OTEL_TRACES_EXPORTER'] = 'none';
  const ids = new RunIdGenerator();
  const traces = new RunTraces(ids);
  // `metricReaders: []` keeps the SDK from making one of its own: ours reads the numbers of /metrics.
  const sdk = new NodeSDK({ idGenerator: ids, instrumentations: [], metricReaders: [] });
  sdk.start();
  const exporter = await createMetricExporter(environment);
  let meters: metrics.MeterProvider | undefined;
  return {
    traceRequest,
    traceCall,
    traceFetch,
    traceIdOf,
    traceOperations: (registry) => traceOperations(traces, registry),
    endRun: (run) => traces.end(run),
    linkRun(operationRunId) {
      trace
        .getActiveSpan()
        ?.addLink({ context: spanContextOfRun(operationRunId) })
        .setAttribute('gangway.operation_run_id', operationRunId);
    },
    logFields() {
      const active = trace.getActiveSpan()?.spanContext();
      return active ? { traceId: active.traceId, spanId: active.spanId } : {};
    },
    sendMetrics(numbers) {
      if (exporter === null) return;
      const reader = new metrics.PeriodicExportingMetricReader({
        exporter,
        exportIntervalMillis: Number(environment['OTEL_METRIC_EXPORT_INTERVAL'] || 60_000),
        exportTimeoutMillis: Number(environment['OTEL_METRIC_EXPORT_TIMEOUT'] || 30_000),
        metricProducers: [new PrometheusProducer(numbers)],
      });
      meters = new metrics.MeterProvider({ readers: [reader] });
    },
    async close() {
      // A collector that is away must not keep the server.
      const limit = new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref());
      await Promise.race([Promise.allSettled([sdk.shutdown(), meters?.shutdown()]), limit]);
    },
  };
}

/** Null if no metrics are wanted. Only OTLP: who reads Prometheus has `/metrics`. */
async function createMetricExporter(environment: NodeJS.ProcessEnv): Promise<PushMetricExporter | null> {
  const exporter = environment['OTEL_METRICS_EXPORTER'] || 'otlp';
  if (!wantsSignal(environment, 'METRICS') || exporter !== 'otlp') return null;
  const protocol =
    environment['OTEL_EXPORTER_OTLP_METRICS_PROTOCOL'] || environment['OTEL_EXPORTER_OTLP_PROTOCOL'];
  switch (protocol) {
    case 'grpc':
      return new (await import('@opentelemetry/exporter-metrics-otlp-grpc')).OTLPMetricExporter();
    case 'http/json':
      return new (await import('@opentelemetry/exporter-metrics-otlp-http')).OTLPMetricExporter();
    default:
      return new (await import('@opentelemetry/exporter-metrics-otlp-proto')).OTLPMetricExporter();
  }
}
