import { LeaseLost } from './errors.js';
import type { Direction, Failure, RunPort, StepResult, Transition } from './interpret.js';
import type { Json } from './json.js';
import { DEFAULT_RETRY, DEFAULT_STEP_TIMEOUT_MS, retryDelayMs } from './plan.js';
import type { Operation, StepError } from './step.js';
import { attemptStep, type AttemptResult } from './attempt-step.js';
import { callStep, listLeft } from './call-step.js';
import { announceEvents } from './store/announce.js';
import { changeOf, startOfStep } from './store/change-of.js';
import { finishRun } from './store/finish-run.js';
import { factsOf, type RunWithSteps } from './store/records.js';
import { applyChange } from './store/apply-change.js';
import { sqlOfPool } from './store/sql.js';
import { type RunChange, type WrittenRun, writeRun } from './store/write-run.js';
import { type HeldRun, type Interruption, RunReleased } from './held-run.js';
import type { EngineOptions } from './options.js';

export interface PortContext {
  readonly options: EngineOptions;
  readonly leaseMs: number;
  readonly isDraining: () => boolean;
  /** Told how long the run waits for its next attempt, in milliseconds. */
  readonly onWait: (ms: number) => void;
  /** Begin the next step in the statement that ends one (embedded), or leave that to its own activity (Temporal). */
  readonly startsNext: boolean;
  /** How long after a step nobody else may take the run up: a lease, or none and a look after so many milliseconds. */
  readonly between: { readonly keepMs: number } | { readonly dueInMs: number; readonly isWait: false };
  /** How much later than its wait a run is due for others. Zero where any worker may go on with it. */
  readonly waitSlackMs: number;
}

/** The interpreter's three calls over our own rows. One instance lives as long as one stay of a run in this process. */
export function createRowPort(ctx: PortContext, held: HeldRun, claimed: RunWithSteps): RunPort {
  const { options, leaseMs, startsNext, between } = ctx;
  const sql = sqlOfPool(options.db.pool);
  const operation: Operation = options.registry[claimed.type];
  const { plan } = operation;
  let run = claimed;
  let isAuthorized: boolean | undefined;
  /** The step whose start this stay has written. */
  let begun: number | undefined;
  let written: Pick<WrittenRun, 'isCancelRequested' | 'cancelReason' | 'remainingMs'> = {
    isCancelRequested: claimed.cancelRequestedAt !== null,
    cancelReason: claimed.cancelReason,
    remainingMs: null,
  };

  const context = () => ({ plan, run, startsNext, between });
  const cancelled = (): Failure => ({
    reasonCode: 'run.cancelled',
    message: written.cancelReason,
    evidence: null,
  });

  async function write(change: RunChange): Promise<void> {
    const row = await writeRun(sql, run.id, held.fence, change);
    written = row;
    announceEvents(options.db.pool, run.id, row.lastEventSeq);
    run = applyChange({ ...run, input: row.input }, change);
  }

  async function release(dueInMs: number): Promise<never> {
    await write({ run: {}, events: [], lease: { dueInMs, isWait: false } });
    throw new RunReleased();
  }

  function stopNow(): Failure | null {
    if (written.isCancelRequested) return cancelled();
    if (written.remainingMs !== null && written.remainingMs < 0)
      return { reasonCode: 'run.timeout', message: null, evidence: null };
    if (isAuthorized === false)
      return { reasonCode: 'run.authorization_revoked', message: null, evidence: null };
    return null;
  }

  async function drainSignals(): Promise<Failure | null> {
    if (ctx.isDraining()) await release(0);
    isAuthorized ??= options.authorize ? await options.authorize(factsOf(run)) : true;
    return stopNow();
  }

  async function runStep(position: number, direction: Direction): Promise<StepResult> {
    if (direction === 'forward' && begun !== position) {
      await write({ ...startOfStep(context(), position), lease: { keepMs: leaseMs }, isRelaxed: true });
      begun = position;
      const stop = stopNow();
      if (stop) return { kind: 'failed', failure: stop };
    }
    if (direction === 'undo') {
      if (ctx.isDraining()) await release(0);
      held.isUndoing = true;
      if (held.controller.signal.reason === 'cancel') held.controller = new AbortController();
      if (run.steps[position]?.attempt === 0) return { kind: 'done', output: null, input: run.input };
    }
    const result = await attempt(position, direction);
    if (result.kind === 'done') return { ...result, input: run.input };
    if (result.kind === 'failed') return fail(position, direction, result.error);
    const reason = held.controller.signal.reason as Interruption;
    if (reason === 'lost') throw new LeaseLost(run.id);
    if (reason === 'drain') return release(0);
    await write({ run: {}, events: [], lease: { keepMs: leaseMs } }); // reads who cancelled, and why
    return { kind: 'failed', failure: cancelled() };
  }

  function attempt(position: number, direction: Direction): Promise<AttemptResult<Json>> {
    const { signal } = held.controller;
    const timeoutMs = plan.steps[position]?.timeoutMs ?? DEFAULT_STEP_TIMEOUT_MS;
    const effect = (inner: AbortSignal) =>
      callStep({ operation, run, position, direction, signal: inner, fault: options.fault });
    return attemptStep({ effect, signal, timeoutMs, graceMs: options.graceMs ?? 5_000 });
  }

  /** Parks the run until the next attempt, or says that there is none. */
  async function fail(position: number, direction: Direction, error: StepError): Promise<StepResult> {
    const { reasonCode, evidence } = error;
    if (reasonCode === 'internal.error')
      options.log?.error(
        { runId: run.id, position, direction, err: error.cause },
        'A step failed unexpectedly',
      );
    const step = run.steps[position];
    const policy = plan.steps[position]?.retry ?? DEFAULT_RETRY;
    const failures = (step?.failures ?? 0) + 1;
    const delayMs = retryDelayMs(policy, failures, error.retryAfterMs);
    const isInTime = direction === 'undo' || written.remainingMs === null || delayMs < written.remainingMs;
    if (!error.retryable || failures >= policy.maximumAttempts || !isInTime)
      return { kind: 'failed', failure: { reasonCode, message: null, evidence } };
    const changed = step && { name: step.name, status: step.status, attempt: step.attempt };
    await write({
      run: { reasonCode, message: error.message },
      steps: [{ position, failures, reasonCode, message: error.message, evidence }],
      events: [{ kind: 'run.waiting', changed: changed ?? null }],
      lease: { dueInMs: delayMs, isWait: true, slackMs: ctx.waitSlackMs },
    });
    ctx.onWait(delayMs);
    throw new RunReleased();
  }

  async function publish(transition: Transition): Promise<void> {
    const left = transition.kind === 'stuck' ? await listLeft(operation, run, transition.position) : [];
    const change = changeOf({ ...context(), left }, transition);
    if (change.run.status === 'succeeded' || change.run.status === 'failed')
      return finishRun(options, run, held.fence, change);
    await write(change);
    if (transition.kind === 'advanced' && startsNext) begun = transition.position + 1;
  }

  return { runStep, drainSignals, publish };
}
