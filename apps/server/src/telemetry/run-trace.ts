import {
  type Context,
  context,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import type { OperationType } from '@gangway/contract/operation-types';
import type { RunRecord } from '@gangway/engine/port';
import type { RunIdGenerator } from './run-id-generator.js';
import { tracer } from './tracer.js';

interface TracedRun {
  readonly id: string;
  readonly type: OperationType;
}

/**
 * The trace of a run has the id of the run, without its dashes: whatever process executes the next step, after a crash or on
 * Temporal, adds to the same trace, and nothing about traces is stored with the run.
 */
export function spanContextOfRun(operationRunId: string): SpanContext {
  const hex = operationRunId.replaceAll('-', '');
  return { traceId: hex, spanId: hex.slice(-16), traceFlags: TraceFlags.SAMPLED, isRemote: true };
}

/** The spans of runs. */
export class RunTraces {
  readonly #ids: RunIdGenerator;

  constructor(ids: RunIdGenerator) {
    this.#ids = ids;
  }

  /** Where the spans of a run's steps belong. Its own span is begun to ask the sampler, and sent by whoever ends the run. */
  contextOf(run: TracedRun): Context {
    return trace.setSpan(ROOT_CONTEXT, this.#begin(run));
  }

  /** Sends the span of a run that has ended. */
  end(run: RunRecord): void {
    const span = this.#begin(run, new Date(run.createdAt));
    span.setAttribute('gangway.status', run.status);
    if (run.reasonCode !== null) span.setAttribute('error.type', run.reasonCode);
    if (run.status === 'failed') span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }

  #begin({ id, type }: TracedRun, startTime = new Date()): Span {
    const attributes = { 'gangway.operation_run_id': id, 'gangway.operation_type': type };
    return this.#ids.withIds(spanContextOfRun(id), () =>
      tracer().startSpan(`run ${type}`, { root: true, startTime, attributes }, context.active()),
    );
  }
}
