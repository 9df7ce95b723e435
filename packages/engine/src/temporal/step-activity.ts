import { Context } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { type HeldRun, interrupt, RunReleased } from '../held-run.js';
import type { StepResult } from '../interpret.js';
import { createRowPort } from '../row-port.js';
import { heartbeatRuns } from '../store/heartbeat-runs.js';
import { parkRun } from '../store/park-run.js';
import type { RunWithSteps } from '../store/records.js';
import { releaseRun } from '../store/release-run.js';
import { sqlOfPool } from '../store/sql.js';
import type { ActivityContext } from './activity-context.js';
import type { StepRequest } from './protocol.js';
import { takeForActivity } from './take-for-activity.js';

/** How long after its last sign of life a run is looked at by the dispatcher, although a workflow has it. */
export const WATCHDOG_MS = 60_000;

/**
 * One attempt of one step, or of its compensation: the row is taken under a new fence, the effect called, the outcome
 * journaled. A step that the journal knows as finished answers at once.
 */
export async function runStepActivity(ctx: ActivityContext, request: StepRequest): Promise<StepResult> {
  const { position, direction } = request;
  const { pool } = ctx.options.db;
  const run = await takeForActivity(ctx, request.operationRunId);
  if (!run) throw ApplicationFailure.nonRetryable('The run has ended', 'run.finished');
  const replayed = fromJournal(run, request);
  if (replayed) {
    await releaseRun(pool, run.id, run.fence, WATCHDOG_MS);
    return replayed;
  }
  if (run.crashes >= (ctx.options.maxCrashes ?? 3)) {
    await parkRun(ctx.options, run.fence, run);
    throw ApplicationFailure.nonRetryable(
      'The run was parked: its workers were lost repeatedly',
      'run.worker_lost',
    );
  }
  const isUndoing = direction === 'undo';
  const held: HeldRun = { id: run.id, fence: run.fence, controller: new AbortController(), isUndoing };
  let retryInMs = 0;
  const port = createRowPort(
    {
      options: ctx.options,
      isDraining: () => false,
      onWait: (ms) => (retryInMs = ms),
      startsNext: false,
      between: { dueInMs: WATCHDOG_MS, isWait: false },
      mayDefer: false,
      waitSlackMs: WATCHDOG_MS,
    },
    held,
    run,
  );
  ctx.held.set(run.id, held);
  const stopBeating = beat(ctx, held);
  try {
    const stop = isUndoing ? null : await port.drainSignals();
    const result: StepResult = stop
      ? { kind: 'failed', failure: stop }
      : await port.runStep(position, direction);
    const isLast = position === run.steps.length - 1;
    if (result.kind === 'done' && isUndoing) await port.publish({ kind: 'undone', position });
    else if (result.kind === 'done' && !isUndoing && !isLast)
      await port.publish({ kind: 'advanced', position, output: result.output });
    // Whoever takes the run up next shall not think that this worker was lost.
    else await releaseRun(pool, run.id, run.fence, WATCHDOG_MS);
    return result;
  } catch (error) {
    if (!(error instanceof RunReleased)) throw error;
    throw ApplicationFailure.create({
      message: 'Another attempt follows',
      type: 'retry',
      nextRetryDelay: Math.max(retryInMs, 1),
    });
  } finally {
    stopBeating();
    if (ctx.held.get(run.id) === held) ctx.held.delete(run.id);
  }
}

function fromJournal(run: RunWithSteps, { position, direction }: StepRequest): StepResult | null {
  const step = run.steps[position];
  if (direction === 'undo')
    return step?.status === 'compensated' ? { kind: 'done', output: null, input: run.input } : null;
  return step?.status === 'succeeded' ? { kind: 'done', output: step.output, input: run.input } : null;
}

/** Keeps row and activity alive, and ends the effect when either says so. */
function beat(ctx: ActivityContext, held: HeldRun): () => void {
  const activity = Context.current();
  const onCancelled = () => {
    const reason: unknown = activity.cancellationSignal.reason;
    const why = reason instanceof CancelledFailure ? reason.message : '';
    interrupt(held, why === 'WORKER_SHUTDOWN' ? 'drain' : why === 'CANCELLED' ? 'cancel' : 'lost');
  };
  activity.cancellationSignal.addEventListener('abort', onCancelled, { once: true });
  const timer = setInterval(() => {
    activity.heartbeat();
    heartbeatRuns(sqlOfPool(ctx.options.db.pool), [held], ctx).then(
      ([alive]) => {
        if (!alive) interrupt(held, 'lost');
        else if (alive.isCancelRequested) interrupt(held, 'cancel');
      },
      () => undefined, // the database does not answer; the fence decides when it does
    );
  }, ctx.leaseMs / 4);
  return () => {
    clearInterval(timer);
    activity.cancellationSignal.removeEventListener('abort', onCancelled);
  };
}
