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
type Saving = Partial<Pick<RunSave, 'release' | 'stampedField'>>;

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
  readonly #loaded = new Map<string, Promise<unknown>>();
  /** What is not written yet was decided before any signal that came since. */
  #isBatch = false;
  /** Nothing but starts of steps is not written yet: if they are lost, the steps start again. */
  #isRelaxed = true;
  #remainingMs: number | null = null;
  /** One write at a time; what is decided meanwhile goes with the next. */
  #writing: Promise<void> = Promise.resolve();

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

  /** @see StepContext.loadOnce */
  readonly loadOnce = <T>(key: string, load: () => Promise<T>): Promise<T> => {
    const loaded = (this.#loaded.get(key) as Promise<T> | undefined) ?? load();
    this.#loaded.set(key, loaded);
    loaded.catch(() => this.#loaded.delete(key));
    return loaded;
  };

  /** Milliseconds to the deadline, as of the last write; null before the first one. */
  get remainingMs(): number | null {
    return this.#remainingMs;
  }

  get isWritten(): boolean {
    return this.#run === this.#stored;
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
    this.#isRelaxed &&= transition.kind === 'started';
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
   * Writes what is not written yet: what is decided before this returns to the event loop goes along.
   * @throws LeaseLostError when the run has ended or another worker has claimed it
   * @throws BatchRejectedError when nothing was written because of a batch; the run has to be read again
   */
  async save(saving: Saving = {}): Promise<void> {
    await this.#inTurn(async () => {
      if (!this.isWritten || saving.release)
        await this.#write(saving, this.#isBatch ? this.#run.lastEventSeq : null);
    });
  }

  /** Reads which signals have come, with what is not written yet written. @throws like `save` */
  async refresh(): Promise<void> {
    await this.#inTurn(() => this.#write({}, this.#isBatch ? this.#run.lastEventSeq : null));
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
        await this.#inTurn(() => this.#write(saving, ifSeq));
        return null;
      } catch (error) {
        if (isLate || !(error instanceof LeaseLostError)) throw error;
        // Either the lease is lost, which the next write finds out, or a signal has come.
        this.#run = running;
        this.#events = before.events;
        this.#rows = before.rows;
        await this.refresh();
      }
    }
  }

  #inTurn(write: () => Promise<void>): Promise<void> {
    const turn = this.#writing.then(write);
    this.#writing = turn.catch(() => undefined);
    return turn;
  }

  async #write(saving: Saving, ifSeq: number | null): Promise<void> {
    const { pool } = this.#options.db;
    const { runId, fence } = this.lease;
    const [run, events, rows, isBatch] = [this.#run, this.#events, this.#rows, this.#isBatch];
    const isRelaxed = this.#isRelaxed && events.length > 0;
    const steps = run.steps.filter((step, index) => step !== this.#stored.steps[index]);
    // What is decided from here on goes with the next write. After an error the run is read again.
    this.#events = [];
    this.#rows = [];
    this.#isRelaxed = true;
    const returnsEvents = isSubscribed(pool, runId);
    let saved: SavedRun | null;
    try {
      const state = { run, fence, steps, events, rows, ifSeq, isRelaxed, returnsEvents };
      saved = await saveRun(sqlOfPool(pool), { ...state, release: null, stampedField: null, ...saving });
    } catch (error) {
      throw isBatch && !isTransient(error) ? new BatchRejectedError(runId, error) : error;
    }
    if (!saved) throw isBatch ? new BatchRejectedError(runId, undefined) : new LeaseLostError(runId);
    announceEvents(pool, runId, saved.lastEventSeq, saved.events ?? []);
    const stored = withSaved(run, saved, run);
    const now = withSaved(this.#run, saved, run);
    const asStored = (index: number) => this.#run.steps[index] === run.steps[index] && stored.steps[index];
    this.#run =
      this.#run === run ? stored : { ...now, steps: now.steps.map((step, i) => asStored(i) || step) };
    this.#stored = stored;
    this.#remainingMs = saved.remainingMs;
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

/** A run with what the database said when `written` was: the instant of it, and what others had written. */
function withSaved(run: RunWithSteps, { now, ...saved }: SavedRun, written: RunWithSteps): RunWithSteps {
  const { input, cancelRequestedAt, cancelReason, cancelledBy, lastEventSeq } = saved;
  const at = (instant: string | null, was: string | null | undefined) =>
    instant === NOW && was === NOW ? now : instant;
  const steps = run.steps.map((step, index) => {
    const was = written.steps[index];
    if (was?.startedAt !== NOW && was?.finishedAt !== NOW) return step;
    const startedAt = at(step.startedAt, was.startedAt);
    return { ...step, startedAt, finishedAt: at(step.finishedAt, was.finishedAt) };
  });
  const signals = { input, cancelRequestedAt, cancelReason, cancelledBy, lastEventSeq };
  return { ...run, ...signals, steps, finishedAt: at(run.finishedAt, written.finishedAt) };
}
