import type { TraceCall } from '@gangway/api/context';
import type { Registry, RunRecord } from '@gangway/engine/port';
import type { RequestHandler } from 'express';
import type { Registry as Numbers } from 'prom-client';

/**
 * What OpenTelemetry does at each seam of the server. There is none unless the environment asks for it, and then nothing of
 * OpenTelemetry is loaded.
 */
export interface Telemetry {
  /** Begins a span for a request, in whose context the rest of it is answered. */
  readonly traceRequest: RequestHandler;
  /** Answers a call of a procedure in a span of its own. */
  readonly traceCall: TraceCall;
  /** The operations, with a span for each attempt of a step and of a compensation. */
  readonly traceOperations: (registry: Registry) => Registry;
  /** `fetch`, with a span for each request. */
  readonly traceFetch: typeof fetch;
  /** Links what is being answered to a run that it started or signalled. */
  readonly linkRun: (operationRunId: string) => void;
  /** Ends the span of a run. */
  readonly endRun: (run: RunRecord) => void;
  /** The trace that a log line belongs to, if it belongs to one. */
  readonly logFields: () => Readonly<Record<string, string>>;
  readonly traceIdOf: (request: object) => string | undefined;
  /** Sends the numbers of `/metrics` as well, if the environment wants metrics. Once, before anything is sent. */
  readonly sendMetrics: (numbers: Numbers) => void;
  /** Sends what is left. */
  readonly close: () => Promise<void>;
}
