import type { EngineOptions } from './options.js';
import { DeferralRefused, LeaseLost } from './errors.js';
import type { HeldRun } from './held-run.js';
import type { Json } from './json.js';
import type { StepOutputs } from './plan.js';
import type { Rows } from './rows.js';
import { applyChange } from './store/apply-change.js';
import { isTransient } from './store/is-transient.js';
import { datedEvents, mergeChanges } from './store/merge-changes.js';
import type { RunWithSteps } from './store/records.js';
import { type RunChange, NO_CHANGE, type WrittenRun } from './store/run-change.js';
import { runWriterOf } from './store/run-writer.js';

/** What is known of the signals of a run since its row was last read or written. */
export type Signals = Pick<WrittenRun, 'isCancelRequested' | 'cancelReason' | 'remainingMs'>;

/**
 * A run as one process knows it while it executes it: what is written, and what is yet to be. Changes that are deferred
 * go with the next one that is written, in one statement with the rows of their steps.
 */
export class RunLedger {
  readonly #options: Pick<EngineOptions, 'db'>;
  readonly #held: HeldRun;
  #run: RunWithSteps;
  #signals: Signals;
  #deferred: RunChange | null = null;
  #rows: Rows = [];
  #handedOver: Record<string, Json> = {};

  constructor(options: Pick<EngineOptions, 'db'>, held: HeldRun, claimed: RunWithSteps) {
    this.#options = options;
    this.#held = held;
    this.#run = claimed;
    const { cancelRequestedAt, cancelReason } = claimed;
    this.#signals = { isCancelRequested: cancelRequestedAt !== null, cancelReason, remainingMs: null };
  }

  /** The run with everything that was decided, written or not. */
  get run(): RunWithSteps {
    return this.#run;
  }

  get signals(): Signals {
    return this.#signals;
  }

  /** What steps that are not written yet left for those after them, by name of the step. */
  get handedOver(): StepOutputs {
    return this.#handedOver;
  }

  /** Keeps a change, with the rows that belong to it, for the next write. */
  defer(change: RunChange, rows: Rows = [], handedOver: Record<string, Json> = {}): void {
    this.#run = applyChange(this.#run, change);
    const dated = { ...change, events: datedEvents(change, this.#run) };
    this.#deferred = mergeChanges(this.#deferred ?? { ...NO_CHANGE, lease: 'keep' }, dated);
    this.#rows = [...this.#rows, ...rows];
    this.#handedOver = { ...this.#handedOver, ...handedOver };
  }

  /** Writes what is deferred, if anything is. @throws like `write` */
  async flush(): Promise<void> {
    if (this.#deferred) await this.write({ ...NO_CHANGE, lease: 'keep' });
  }

  /**
   * Writes a change and everything deferred before it, all or nothing.
   * @throws LeaseLost when the run has ended or somebody else holds it
   * @throws DeferralRefused when nothing was written because of what was deferred; the run has to be read again
   */
  async write(change: RunChange, rows: Rows = []): Promise<void> {
    // What was deferred was decided before any signal that came since.
    await this.#write(change, rows, this.#deferred && this.#run.lastEventSeq);
  }

  /**
   * Writes a change, unless a signal came since the run was last read or written: that is known afterwards.
   * @returns whether it was written
   * @throws like `write`
   */
  async writeUnlessSignalled(change: RunChange, rows: Rows): Promise<boolean> {
    try {
      await this.#write(change, rows, this.#run.lastEventSeq);
      return true;
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
      await this.write({ ...NO_CHANGE, lease: 'keep' });
      return false;
    }
  }

  async #write(change: RunChange, rows: Rows, ifSeq: number | null): Promise<void> {
    const deferred = this.#deferred;
    const runId = this.#run.id;
    const whole = deferred ? mergeChanges(deferred, change) : change;
    try {
      const written = await runWriterOf(this.#options.db.pool).write({
        ...whole,
        runId,
        fence: this.#held.fence,
        ifSeq,
        rows: [...this.#rows, ...rows],
      });
      this.#run = applyChange(
        { ...this.#run, input: written.input, lastEventSeq: written.lastEventSeq },
        change,
      );
      this.#signals = written;
    } catch (error) {
      if (!deferred || isTransient(error)) throw error;
      throw new DeferralRefused(runId, error instanceof LeaseLost ? undefined : error);
    }
    this.#deferred = null;
    this.#rows = [];
    this.#handedOver = {};
  }
}
