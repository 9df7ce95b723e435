import type { EngineOptions } from '../options.js';
import type { JsonObject } from '../json.js';
import type { RunWithSteps } from '../run.js';
import type { HealthReport } from './protocol.js';

export interface TemporalConfig {
  /** host:port of the frontend. */
  readonly address: string;
  readonly namespace: string;
  /** Mutual TLS, in PEM. `true`: TLS with the system's authorities. */
  readonly tls?: TemporalTls | true;
  readonly apiKey?: string;
}

export interface TemporalTls {
  readonly ca?: Buffer;
  readonly certificate?: Buffer;
  readonly key?: Buffer;
  readonly serverName?: string;
}

/** The newest key encrypts, all of them decrypt. 32 bytes each. */
export type PayloadKeys = readonly { readonly kid: string; readonly key: Uint8Array }[];

export interface TemporalOptions extends EngineOptions {
  readonly config: TemporalConfig;
  /** The built file that exports the workflows (see define-workflows.ts). */
  readonly workflowsPath: string;
  /** A bundle of that file, made beforehand: spares every start a second. */
  readonly workflowBundle?: string;
  readonly payloadKeys: PayloadKeys;
  /** Activities executed at once by this process. Default 20. */
  readonly concurrency?: number;
  /** Milliseconds, default 1,000. */
  readonly pollMs?: number;
  /** Milliseconds, default 6,000. */
  readonly drainMs?: number;
  /**
   * Creates the run of a workflow that somebody started straight, with `workflowId` on it; called again with the same
   * key after a crash. @throws StepError for an input that is refused
   */
  readonly adopt?: (
    input: JsonObject,
    workflow: { workflowId: string; key: string },
  ) => Promise<{ operationRunId: string }>;
  /**
   * What such a workflow answers in the end. Default: the run's result. `isSealed`: the input came encrypted, so that the
   * answer will be, and may hold what must not stand in a history.
   */
  readonly resultOf?: (run: RunWithSteps, isSealed: boolean) => Promise<JsonObject | null>;
  readonly checkHealth?: () => Promise<HealthReport>;
}
