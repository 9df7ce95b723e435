/**
 * The engine as the rest of the product sees it: the domain and the API import this file, and `plan.ts` for plans, and nothing behind
 * them (`pnpm check` holds that). A run is a row: what commits the queued row has started the run, and every engine
 * finds it by itself. Nothing here has to be called for a run to happen.
 */
import type { RunStatus } from '@gangway/contract/operations';
import type { Transaction } from '@gangway/db/client';
import type { Json } from './json.js';
import type { LeftItem } from './step.js';
import type { CreatedRun, NewRun } from './store/create-run.js';
import type { RawTransaction } from './store/sql.js';

export { PreconditionError, RunConflictError, RunNotFoundError } from './errors.js';
export { encodeJson, type Json, type JsonObject } from './json.js';
export type { StepOutputs } from './plan.js';
export type { Rows } from './rows.js';
export type { RunFacts, RunRecord, RunWithSteps, StartedBy, StepRecord } from './run.js';
export * from './step.js';
export type { CreatedRun, NewRun } from './store/create-run.js';
export { getRun } from './store/get-run.js';
export { listRuns } from './store/list-runs.js';
export { loadEventsSince } from './store/load-events-since.js';
export { sqlOfPool, sqlOfTransaction, withSteps } from './store/sql.js';
export { type JsonRow, toRunWithSteps } from './store/to-run.js';

export type RunSignal =
  /** Aborts the current step, runs the compensations, and fails the run with `run.cancelled`. */
  | { readonly kind: 'cancel'; readonly reason: string | null; readonly by: string }
  /** Changes an input field whose step has not started yet. */
  | { readonly kind: 'update'; readonly field: string; readonly value: Json; readonly by: string }
  /** Goes on with a parked run from the step that failed. */
  | { readonly kind: 'resume' }
  /** Runs the compensations of a parked run, or those that are left of a rollback that failed. */
  | { readonly kind: 'rollBack' };

/** Runs `record`, and whatever else has to be written with it, in one transaction. */
export type RecordWithin = (record: (tx: Transaction) => Promise<void>) => Promise<void>;

export interface EngineHealth {
  readonly engine: 'embedded' | 'temporal';
  readonly ok: boolean;
  /** One line for /readyz, without addresses. */
  readonly detail: string;
  /** Runs that this process is executing now. */
  readonly executing: number;
}

export interface Engine {
  /** Begins to work on runs. Rejects when the engine cannot be reached. */
  start(): Promise<void>;
  /**
   * Creates a run, or finds the live one about the same subject. In the transaction `tx`, after whose commit `wake` is called; or,
   * without one, in a single statement, and starts immediately if a worker slot is free.
   * @throws PreconditionError when there is no live run and the precondition of a new one does not hold
   */
  create(run: NewRun, tx?: RawTransaction): Promise<CreatedRun>;
  /** Notifies the workers that a run may be due, which spares it the wait for their next look. Never throws. */
  wake(operationRunId: string): void;
  /**
   * Signals a run: the signal is recorded durably, in a transaction that `within` opens if it is given, and the worker that
   * executes the run is notified.
   * @returns the status of the run when the signal was recorded
   * @throws RunConflictError when the state of the run forbids it
   * @throws RunNotFoundError
   * @throws StepError `validation.failed` when the value of an update is rejected
   */
  signal(operationRunId: string, signal: RunSignal, within?: RecordWithin): Promise<RunStatus>;
  /**
   * What a rollback of the run would delete now, in the order in which it would.
   * @throws RunConflictError `run.not_retryable` when the run is not one that can be rolled back
   * @throws RunNotFoundError
   */
  listRollBack(operationRunId: string): Promise<readonly (LeftItem & { readonly step: string })[]>;
  describe(): Promise<EngineHealth>;
  /** Stops claiming runs, lets current steps end within the drain time, and hands the rest on. */
  stop(): Promise<void>;
}
