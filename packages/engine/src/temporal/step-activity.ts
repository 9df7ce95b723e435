import { ApplicationFailure } from '@temporalio/common';
import { LeaseLostError } from '../errors.js';
import { type AttemptEnd, executeStep } from '../execute-step.js';
import type { StepResult } from '../interpret.js';
import { leaseOf } from '../lease.js';
import { parkIfPoisonous } from '../park-run.js';
import { type Failure, factsOf, type RunWithSteps } from '../run.js';
import type { Release } from '../store/save-run.js';
import { toFailure, UnitOfWork } from '../unit-of-work.js';
import { type ActivityContext, WATCHDOG_MS } from './activity-context.js';
import { claimForActivity } from './claim-for-activity.js';
import { heartbeatActivity } from './heartbeat-activity.js';
import type { StepRequest } from './protocol.js';

/** Between two activities no worker has the run: the workflow knows what comes next. */
export const BETWEEN: Release = { dueInMs: WATCHDOG_MS, isWait: false };

/**
 * One attempt of one step, or of its compensation, for workflows that began when each was an activity of its own: the row is claimed under a new fence, the effect called, the outcome
 * journaled. A step that the journal knows as finished returns at once.
 */
export async function runStepActivity(ctx: ActivityContext, request: StepRequest): Promise<StepResult> {
  const run = await claimForActivity(ctx, request.operationRunId);
  if (!run) throw ApplicationFailure.nonRetryable('The run has ended', 'run.finished');
  const lease = leaseOf(run, request.direction === 'undo');
  const unit = new UnitOfWork(ctx.options, lease, run);
  const replayed = fromJournal(run, request);
  if (replayed) {
    await unit.save({ release: BETWEEN });
    return replayed;
  }
  if (await parkIfPoisonous(ctx.options, lease, run))
    throw ApplicationFailure.nonRetryable(
      'The run was parked: its workers were lost repeatedly',
      'run.worker_lost',
    );
  ctx.leases.set(run.id, lease);
  const stopHeartbeat = heartbeatActivity(ctx, lease);
  try {
    return await attempt(ctx, unit, request);
  } finally {
    stopHeartbeat();
    if (ctx.leases.get(run.id) === lease) ctx.leases.delete(run.id);
  }
}

async function attempt(
  { options }: ActivityContext,
  unit: UnitOfWork,
  { position, direction }: StepRequest,
): Promise<StepResult> {
  const isUndoing = direction === 'undo';
  const failed = async (failure: Failure): Promise<StepResult> => {
    // Without its lease the run does not look as if this worker was lost.
    await unit.save({ release: BETWEEN });
    return { kind: 'failed', failure };
  };
  if (!isUndoing) {
    const isAuthorized = options.authorize ? await options.authorize(factsOf(unit.run)) : true;
    const before = unit.stop ?? (isAuthorized ? null : toFailure('run.authorization_revoked'));
    if (before) return failed(before);
    unit.apply({ kind: 'started', position });
    await unit.save();
    if (unit.stop) return failed(unit.stop);
  }
  const hasBegun = unit.run.steps[position]?.attempt !== 0;
  const end: AttemptEnd = hasBegun
    ? await executeStep(options, unit, { position, direction, returnsRows: false })
    : { kind: 'done', prepared: { output: null, rows: [] } };
  switch (end.kind) {
    case 'done': {
      const { output } = end.prepared;
      const isLast = position === unit.run.steps.length - 1;
      if (isUndoing) unit.apply({ kind: 'undone', position });
      else if (!isLast) unit.apply({ kind: 'advanced', position, output });
      await unit.save({ release: BETWEEN });
      return { kind: 'done', output, input: unit.run.input };
    }
    case 'failed':
      return failed(end.failure);
    case 'retry': {
      unit.apply({ kind: 'retrying', position, failure: end.failure, delayMs: end.delayMs });
      await unit.save({ release: { dueInMs: end.delayMs, isWait: true, slackMs: WATCHDOG_MS } });
      // A cancel that came while the attempt failed does not wait for the next one.
      const isCancelled = !isUndoing && unit.run.cancelRequestedAt !== null;
      if (isCancelled) await unit.save({ release: BETWEEN });
      throw anotherAttempt(isCancelled ? 0 : end.delayMs);
    }
    case 'interrupted':
      if (end.by === 'lost') throw new LeaseLostError(unit.run.id);
      await unit.save({ release: end.by === 'drain' ? { dueInMs: 0, isWait: false } : BETWEEN });
      if (end.by === 'drain') throw anotherAttempt(0);
      return { kind: 'failed', failure: unit.cancelled };
  }
}

const anotherAttempt = (delayMs: number) =>
  ApplicationFailure.create({
    message: 'Another attempt follows',
    type: 'retry',
    nextRetryDelay: Math.max(delayMs, 1),
  });

function fromJournal(run: RunWithSteps, { position, direction }: StepRequest): StepResult | null {
  const step = run.steps[position];
  if (direction === 'undo')
    return step?.status === 'compensated' ? { kind: 'done', output: null, input: run.input } : null;
  return step?.status === 'succeeded' ? { kind: 'done', output: step.output, input: run.input } : null;
}
