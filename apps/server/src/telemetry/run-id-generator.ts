import { tracing } from '@opentelemetry/sdk-node';

interface Ids {
  readonly traceId: string;
  readonly spanId: string;
}

/** Random ids, but for a span that is to have known ones. */
export class RunIdGenerator implements tracing.IdGenerator {
  readonly #random = new tracing.RandomIdGenerator();
  #known: Ids | null = null;

  readonly generateTraceId = (): string => this.#known?.traceId ?? this.#random.generateTraceId();
  readonly generateSpanId = (): string => this.#known?.spanId ?? this.#random.generateSpanId();

  /** `start` begins one span, and does not wait for anything. */
  withIds<T>(ids: Ids, start: () => T): T {
    this.#known = ids;
    try {
      return start();
    } finally {
      this.#known = null;
    }
  }
}
