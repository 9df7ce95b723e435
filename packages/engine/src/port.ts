/**
 * The engine as the rest of the product sees it. Runs are created by `store/create-or-reuse-run.ts` in the caller's
 * own transaction: the queued row is the promise, and every engine finds it by itself. Nothing here has to be called
 * for a run to happen; `poke` only spares it the wait for the next look at the table.
 */
import type { Transaction } from '@gangway/db/client';
import type { Json } from './json.js';
import type { CreatedRun, NewRun } from './store/create-or-reuse-run.js';

export type RunSignal =
  /** Ends the current step, compensates, and fails the run with `run.cancelled`. */
  | { readonly kind: 'cancel'; readonly reason: string | null; readonly by: string }
  /** Changes an input field whose step has not started yet. */
  | { readonly kind: 'update'; readonly field: string; readonly value: Json; readonly by: string };

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
   * Creates a run in a transaction of its own, or finds the live one; where a hand is free here, it is at work on it
   * at once. The other way is `createOrReuseRun` in the caller's transaction, and a `poke` after it.
   * @throws RunNotGiven when there is no live run and `given` does not hold
   */
  create(run: NewRun): Promise<CreatedRun>;
  /** Says that a run may be due. Never throws, costs nothing, may be forgotten. */
  poke(operationRunId: string): void;
  /**
   * Records a signal durably, in a transaction that `within` opens if it is given, and notifies the worker that executes
   * the run.
   * @throws RunConflict when the run has ended, is parked, or is past the step that uses the value
   * @throws StepError `validation.failed` when the value is refused
   */
  signal(operationRunId: string, signal: RunSignal, within?: RecordWithin): Promise<void>;
  describe(): Promise<EngineHealth>;
  /** Stops taking runs, lets current steps end within the drain time, hands the rest on. */
  stop(): Promise<void>;
}
