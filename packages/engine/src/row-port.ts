import { LeaseLost } from './errors.js';
import type { Direction, Failure, RunPort, StepResult, Transition } from './interpret.js';
import { DEFAULT_RETRY, DEFAULT_STEP_TIMEOUT_MS, retryDelayMs } from './plan.js';
import type { Operation, PreparedRows, StepError } from './step.js';
import { attemptStep, type AttemptResult } from './attempt-step.js';
import { callStep, listLeft } from './call-step.js';
import { applyChange } from './store/apply-change.js';
import { changeOf, startOfStep } from './store/change-of.js';
import { factsOf, type RunWithSteps } from './store/records.js';
import { type LeaseChange, NO_CHANGE, type RunChange } from './store/run-change.js';
import type { Rows } from './rows.js';
import { type HeldRun, type Interruption, RunReleased } from './held-run.js';
import { RunLedger } from './run-ledger.js';
import type { EngineOptions } from './options.js';

export interface PortContext {
  readonly options: EngineOptions;
  readonly isDraining: () => boolean;
  /** Told how long the run waits for its next attempt, in milliseconds. */
  readonly onWait: (ms: number) => void;
  /** Begin the next step in the statement that ends one (embedded), or leave that to its own activity (Temporal). */
  readonly startsNext: boolean;
  /** How long after a step nobody else may take the run up: a lease, or none and a look after so many milliseconds. */
  readonly between: LeaseChange;
  /** Write steps that only write rows together, with their journal; or each by itself. */
  readonly mayDefer: boolean;
  /** How much later than its wait a run is due for others. Zero where any worker may go on with it. */
  readonly waitSlackMs: number;
}

/** How long at most the beginning of a step is kept back, to be told together with its end. Milliseconds. */
const DEFERRED_MS = 1_000;

/** The interpreter's three calls over our own rows. One instance lives as long as one stay of a run in this process. */
export function createRowPort(ctx: PortContext, held: HeldRun, claimed: RunWithSteps): RunPort {
  const { options, startsNext, between, mayDefer } = ctx;
  const operation: Operation = options.registry[claimed.type];
  const { plan } = operation;
  const ledger = new RunLedger(options, held, claimed);
  let isAuthorized: boolean | undefined;
  /** The step whose start this stay has told. */
  let begun: number | undefined;
  /** What the step that went well last is still to write. */
  let prepared: PreparedRows = { output: null, rows: [] };

  const context = () => ({ plan, run: ledger.run, startsNext, between });
  const isDeferrable = (position: number, direction: Direction = 'forward') => {
    const { name = '', compensation = '' } = plan.steps[position] ?? {};
    const [step, undo] = [operation.steps[name], operation.compensations[compensation]];
    if (direction === 'undo') return mayDefer && undo !== undefined && 'rows' in undo;
    return mayDefer && typeof step === 'object' && !step.after;
  };
  const cancelled = (): Failure => ({
    reasonCode: 'run.cancelled',
    message: ledger.signals.cancelReason,
    evidence: null,
  });

  async function release(dueInMs: number): Promise<never> {
    await ledger.write({ ...NO_CHANGE, lease: { dueInMs, isWait: false } });
    throw new RunReleased();
  }

  function stopNow(): Failure | null {
    const { isCancelRequested, remainingMs } = ledger.signals;
    if (isCancelRequested) return cancelled();
    if (remainingMs !== null && remainingMs < 0)
      return { reasonCode: 'run.timeout', message: null, evidence: null };
    if (isAuthorized === false)
      return { reasonCode: 'run.authorization_revoked', message: null, evidence: null };
    return null;
  }

  async function drainSignals(): Promise<Failure | null> {
    if (ctx.isDraining()) await release(0);
    isAuthorized ??= options.authorize ? await options.authorize(factsOf(ledger.run)) : true;
    return stopNow();
  }

  async function runStep(position: number, direction: Direction): Promise<StepResult> {
    if (direction === 'forward' && begun !== position) {
      const start = { ...startOfStep(context(), position), lease: 'keep' as const };
      if (isDeferrable(position)) ledger.defer(start);
      else await ledger.write({ ...start, isRelaxed: true });
      begun = position;
      const stop = stopNow();
      if (stop) return { kind: 'failed', failure: stop };
    }
    if (direction === 'undo') {
      if (ctx.isDraining()) await release(0);
      held.isUndoing = true;
      if (held.controller.signal.reason === 'cancel') held.controller = new AbortController();
      if (ledger.run.steps[position]?.attempt === 0)
        return { kind: 'done', output: null, input: ledger.run.input };
      // It may build on what was undone before it.
      if (!isDeferrable(position, 'undo')) await ledger.flush();
    }
    const result = await tellLater(() => attempt(position, direction));
    if (result.kind === 'done') {
      prepared = result.output;
      return { kind: 'done', output: prepared.output, input: ledger.run.input };
    }
    if (result.kind === 'failed') return fail(position, direction, result.error);
    const reason = held.controller.signal.reason as Interruption;
    if (reason === 'lost') throw new LeaseLost(held.id);
    if (reason === 'drain') return release(0);
    await ledger.write({ ...NO_CHANGE, lease: 'keep' }); // reads who cancelled, and why
    return { kind: 'failed', failure: cancelled() };
  }

  /** What is deferred is not deferred for long: whoever watches sees what a slow step is about. */
  async function tellLater<T>(work: () => Promise<T>): Promise<T> {
    let told = Promise.resolve();
    const timer = setTimeout(() => {
      told = ledger.flush();
      told.catch(() => undefined); // it is thrown below, when the work is done
    }, DEFERRED_MS);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      await told;
    }
  }

  function attempt(position: number, direction: Direction): Promise<AttemptResult<PreparedRows>> {
    const { signal } = held.controller;
    const { run, handedOver } = ledger;
    const timeoutMs = plan.steps[position]?.timeoutMs ?? DEFAULT_STEP_TIMEOUT_MS;
    const leavesRows = isDeferrable(position, direction);
    const { fault, db } = options;
    const call = { operation, run, position, direction, handedOver, leavesRows, fault, pool: db.pool };
    const effect = (inner: AbortSignal) => callStep({ ...call, fence: held.fence, signal: inner });
    return attemptStep({ effect, signal, timeoutMs, graceMs: options.graceMs ?? 5_000 });
  }

  /** Parks the run until the next attempt, or says that there is none. */
  async function fail(position: number, direction: Direction, error: StepError): Promise<StepResult> {
    const { reasonCode, evidence } = error;
    if (reasonCode === 'internal.error')
      options.log?.error(
        { runId: held.id, position, direction, err: error.cause },
        'A step failed unexpectedly',
      );
    const step = ledger.run.steps[position];
    const policy = plan.steps[position]?.retry ?? DEFAULT_RETRY;
    const failures = (step?.failures ?? 0) + 1;
    const delayMs = retryDelayMs(policy, failures, error.retryAfterMs);
    const { remainingMs } = ledger.signals;
    const isInTime = direction === 'undo' || remainingMs === null || delayMs < remainingMs;
    if (!error.retryable || failures >= policy.maximumAttempts || !isInTime)
      return { kind: 'failed', failure: { reasonCode, message: null, evidence } };
    const changed = step && { name: step.name, status: step.status, attempt: step.attempt };
    await ledger.write({
      run: { reasonCode, message: error.message },
      steps: [{ position, failures, reasonCode, message: error.message, evidence }],
      events: [{ kind: 'run.waiting', changed: changed ?? null }],
      lease: { dueInMs: delayMs, isWait: true, slackMs: ctx.waitSlackMs },
    });
    // A cancel that came while the attempt failed does not wait for the next one.
    const isCancelled = direction === 'forward' && ledger.signals.isCancelRequested;
    const now = { dueInMs: 0, isWait: false, slackMs: ctx.waitSlackMs };
    if (isCancelled) await ledger.write({ ...NO_CHANGE, lease: now });
    ctx.onWait(isCancelled ? 0 : delayMs);
    throw new RunReleased();
  }

  async function publish(transition: Transition): Promise<Failure | null> {
    const { run } = ledger;
    const left = transition.kind === 'stuck' ? await listLeft(operation, run, transition.position) : [];
    const change = changeOf({ ...context(), left }, transition);
    const { rows, handOver } = prepared;
    prepared = { output: null, rows: [] };
    if (change.run.status === 'succeeded' || change.run.status === 'failed')
      return end(transition, change, [...rows, ...(options.onFinished?.(applyChange(run, change)) ?? [])]);
    const name = run.steps[transition.position ?? 0]?.name ?? '';
    if (isWrittenLater(transition))
      ledger.defer(change, rows, handOver === undefined ? {} : { [name]: handOver });
    else await ledger.write(change, rows);
    if (transition.kind === 'advanced' && startsNext) begun = transition.position + 1;
    return null;
  }

  /** Whether the next of the run is to be written together with this. */
  function isWrittenLater({ kind, position }: Transition): boolean {
    if (position === null) return false;
    if (kind === 'undone') return isDeferrable(position, 'undo');
    return kind === 'advanced' && isDeferrable(position) && isDeferrable(position + 1);
  }

  /** A cancel that was accepted is heeded up to the very end, which only one of the two can be written before. */
  async function end({ kind }: Transition, change: RunChange, rows: Rows): Promise<Failure | null> {
    if (kind !== 'succeeded' && kind !== 'held') return ledger.write(change, rows).then(() => null);
    do {
      if (ledger.signals.isCancelRequested) return cancelled();
    } while (!(await ledger.writeUnlessSignalled(change, rows)));
    return null;
  }

  return { runStep, drainSignals, publish };
}
