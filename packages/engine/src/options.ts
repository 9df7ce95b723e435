import type { Database } from '@gangway/db/client';
import type { Fault } from './fault.js';
import type { Rows } from './rows.js';
import type { RunFacts, RunRecord } from './run.js';
import type { Registry } from './step.js';

/** What an engine says about itself; a pino logger fits. Never inputs, outputs or error texts of providers. */
export interface EngineLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** The options of both engines. */
export interface EngineOptions {
  readonly db: Pick<Database, 'pool' | 'listen' | 'inTransaction'>;
  readonly registry: Registry;
  /** Whether the member or partner who started the run may still do so; asked each time a worker claims the run. */
  readonly authorize?: (run: RunFacts) => Promise<boolean>;
  /** What else is recorded in the statement that ends the run (also when it is parked: `run.held`). */
  readonly onFinished?: (run: RunRecord) => Rows;
  readonly fault?: Fault;
  readonly log?: EngineLog;
  /** Steps of one run that are executed at once, if its plan allows it. Default 8. */
  readonly stepsPerRun?: number;
  /** Steps executed at once by this process, beside one of each run. Default 32. */
  readonly stepsPerProcess?: number;
  /** After this many lost workers at one step the run is parked as `run.worker_lost`. Default 3. */
  readonly maxCrashes?: number;
  /** Milliseconds. Default 15,000. */
  readonly leaseMs?: number;
  /** How long an aborted effect may take to end before it is left behind. Milliseconds, default 5,000. */
  readonly graceMs?: number;
}
