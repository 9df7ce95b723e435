import { BatchRejectedError, LeaseLostError } from './errors.js';
import type { Json } from './json.js';
import type { Lease } from './lease.js';
import type { EngineOptions } from './options.js';
import type { Plan, StepOutputs } from './plan.js';
import { type EventDraft, reduce, type Transition } from './reducer.js';
import type { Rows } from './rows.js';
import { type Failure, isEnded, NOW, type RunWithSteps } from './run.js';
import { announceEvents, isSubscribed } from './store/announce.js';
import { isTransient } from './store/is-transient.js';
import { type RunSave, saveRun, type SavedRun } from './store/save-run.js';
import { sqlOfPool } from './store/sql.js';

type Options = Pick<EngineOptions, 'db' | 'registry' | 'onFinished'>;
type Saving = Partial<Pick<RunSave, 'release' | 'isRelaxed'>>;

/**
 * A run as the worker knows it that holds its lease: the whole state in memory, what of it is stored, and what is not written yet.
 * Transitions change the memory; `save` writes whatever differs, in one statement, all or nothing.
 */
export class UnitOfWork {
  readonly plan: Plan;
  readonly lease: Lease;
  readonly #options: Options;
  #run: RunWithSteps;
  #stored: RunWithSteps;
  #events: readonly EventDraft[] = [];
  #rows: Rows = [];
  #handedOver: Record<string, Json> = {};
  /** What is not written yet was decided before any signal that came since. */
  #isBatch = false;
  #remainingMs: number | null = null;

  constructor(options: Options, lease: Lease, claimed: RunWithSteps) {
    this.plan = options.registry[claimed.type].plan;
    this.lease = lease;
    this.#options = options;
    this.#run = claimed;
    this.#stored = claimed;
  }

  /** The run with everything that was decided, written or not. */
  get run(): RunWithSteps {
    return this.#run;
  }

  /** What steps that are not written yet hand on to those after them, by name of the step. */
  get handedOver(): StepOutputs {
    return this.#handedOver;
  }

  /** Milliseconds to the deadline, as of the last write; null before the first one. */
  get remainingMs(): number | null {
    return this.#remainingMs;
  }

  /** Why the run may not go on, as far as its row said when it was last read or written. */
  get stop(): Failure | null {
    if (this.#run.cancelRequestedAt !== null) return this.cancelled;
    return this.#remainingMs !== null && this.#remainingMs < 0 ? toFailure('run.timeout') : null;
  }

  get cancelled(): Failure {
    return { ...toFailure('run.cancelled'), message: this.#run.cancelReason };
  }

  /** Changes the run in memory, with rows that are to be written in the same statement. */
  apply(transition: Transition, rows: Rows = []): void {
    const { run, events } = reduce(this.plan, this.#run, transition);
    this.#run = run;
    this.#events = [...this.#events, ...events];
    this.#rows = [...this.#rows, ...rows];
  }

  /** Leaves what is not written yet to the next write. `handedOver`: for the steps until then, in memory only. */
  batch(handedOver: Record<string, Json> = {}): void {
    this.#isBatch = true;
    this.#handedOver = { ...this.#handedOver, ...handedOver };
  }

  /** Writes what is left to the next write, if anything is. @throws like `save` */
  async flush(): Promise<void> {
    if (this.#isBatch) await this.save();
  }

  /**
   * Writes what is not written yet, and reads which signals have come.
   * @throws LeaseLostError when the run has ended or another worker has claimed it
   * @throws BatchRejectedError when nothing was written because of a batch; the run has to be read again
   */
  async save(saving: Saving = {}): Promise<void> {
    await this.#write(saving, this.#isBatch ? this.#run.lastEventSeq : null);
  }

  /**
   * Writes the end of the run, with what else is recorded then. A cancel that was accepted is heeded up to the very end: only one
   * of the two can be written first.
   * @returns the cancel that came first: then nothing is written. Null: written
   * @throws like `save`
   */
  async end(transition: Transition, rows: Rows = []): Promise<Failure | null> {
    const isLate = transition.kind !== 'succeeded' && transition.kind !== 'held';
    const { run, events } = reduce(this.plan, this.#run, transition);
    const recorded = isEnded(run) ? (this.#options.onFinished?.(run) ?? []) : [];
    const before = { events: this.#events, rows: this.#rows };
    for (;;) {
      if (!isLate && this.#run.cancelRequestedAt !== null) return this.cancelled;
      const running = this.#run;
      this.#run = { ...run, input: running.input, lastEventSeq: running.lastEventSeq };
      this.#events = [...before.events, ...events];
      this.#rows = [...before.rows, ...rows, ...recorded];
      try {
        const saving = { release: { dueInMs: 0, isWait: false }, stampedField: stampOf(transition) };
        const ifSeq = isLate && !this.#isBatch ? null : running.lastEventSeq;
        await this.#write(saving, ifSeq);
        return null;
      } catch (error) {
        if (isLate || !(error instanceof LeaseLostError)) throw error;
        // Either the lease is lost, which the next write finds out, or a signal has come.
        this.#run = running;
        this.#events = before.events;
        this.#rows = before.rows;
        await this.save();
      }
    }
  }

  async #write(saving: Saving & Partial<Pick<RunSave, 'stampedField'>>, ifSeq: number | null): Promise<void> {
    const { pool } = this.#options.db;
    const { runId, fence } = this.lease;
    const [run, events, isBatch] = [this.#run, this.#events, this.#isBatch];
    let saved: SavedRun | null;
    try {
      saved = await saveRun(sqlOfPool(pool), {
        ...{ run, fence, events, ifSeq, rows: this.#rows },
        ...{ steps: run.steps.filter((step, index) => step !== this.#stored.steps[index]) },
        ...{ release: null, isRelaxed: false, stampedField: null, returnsEvents: isSubscribed(pool, runId) },
        ...saving,
      });
    } catch (error) {
      throw isBatch && !isTransient(error) ? new BatchRejectedError(runId, error) : error;
    }
    if (!saved) throw isBatch ? new BatchRejectedError(runId, undefined) : new LeaseLostError(runId);
    announceEvents(pool, runId, saved.lastEventSeq, saved.events ?? []);
    this.#stored = this.#run = withSaved(run, saved);
    this.#remainingMs = saved.remainingMs;
    this.#events = [];
    this.#rows = [];
    this.#isBatch = false;
    this.#handedOver = {};
  }
}

export const toFailure = (reasonCode: Failure['reasonCode']): Failure => ({
  reasonCode,
  message: null,
  evidence: null,
});

const stampOf = (transition: Transition) =>
  (transition.kind === 'succeeded' ? transition.outcome.stampedField : undefined) ?? null;

/** The run as it is stored: with the instant of the write, and what others wrote meanwhile. */
function withSaved(run: RunWithSteps, { now, ...saved }: SavedRun): RunWithSteps {
  const { input, cancelRequestedAt, cancelReason, cancelledBy, lastEventSeq } = saved;
  const at = (instant: string | null) => (instant === NOW ? now : instant);
  const steps = run.steps.map((step) =>
    step.startedAt === NOW || step.finishedAt === NOW
      ? { ...step, startedAt: at(step.startedAt), finishedAt: at(step.finishedAt) }
      : step,
  );
  const signals = { input, cancelRequestedAt, cancelReason, cancelledBy, lastEventSeq };
  return { ...run, ...signals, steps, finishedAt: at(run.finishedAt) };
}
