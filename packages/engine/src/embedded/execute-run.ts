import { setTimeout as sleep } from 'node:timers/promises';
import { BatchRejectedError, LeaseLostError, RunReleasedError } from '../errors.js';
import { interpret, startOf } from '../interpret.js';
import type { Interruption, Lease } from '../lease.js';
import { parkIfPoisonous } from '../park-run.js';
import type { RunWithSteps } from '../run.js';
import { isTransient } from '../store/is-transient.js';
import { reacquireRun } from '../store/reacquire-run.js';
import { sqlOfPool } from '../store/sql.js';
import { UnitOfWork } from '../unit-of-work.js';
import { createRunPort, type PortContext } from './run-port.js';

export interface ExecuteContext extends PortContext {
  /** Called with the milliseconds that a run waits for its next attempt. */
  readonly onWait: (ms: number) => void;
  /** How much later than its wait a run is due for others. Milliseconds; absent: any worker may go on with it at once. */
  readonly waitSlackMs?: number;
  readonly workerId: string;
  readonly leaseMs: number;
}

/**
 * Executes a claimed run as far as it goes in this process. `isNew`: it was created with the claim. Never rejects: what goes wrong
 * is left to the next claim.
 */
export async function executeRun(
  ctx: ExecuteContext,
  lease: Lease,
  claimed: RunWithSteps,
  isNew: boolean,
): Promise<void> {
  const { options } = ctx;
  let run: RunWithSteps | null = claimed;
  // A run that has lost a worker goes step by step: what is done once stays done, and the step to blame is known.
  let mayBatch = claimed.crashes === 0;
  while (run) {
    try {
      if (await parkIfPoisonous(options, lease, run)) return;
      const unit = new UnitOfWork(options, lease, run);
      const port = createRunPort(ctx, { unit, mayBatch, isNew: isNew && run === claimed });
      try {
        return await interpret(port, unit.plan, startOf(unit.plan, run));
      } catch (error) {
        if (!(error instanceof RunReleasedError)) throw error;
        return await releaseRun(ctx, unit, error.release);
      }
    } catch (error) {
      if (error instanceof LeaseLostError) return;
      if (error instanceof BatchRejectedError) mayBatch = false;
      else if (!isTransient(error)) {
        // The lease stays and runs out, so that this counts as a lost worker and cannot go on forever.
        options.log?.error({ runId: claimed.id, err: error }, 'A run could not be executed');
        return;
      }
      run = await readAgain(ctx, lease);
    }
  }
}

/** Gives the lease back, with what is not written yet. */
async function releaseRun(
  { onWait, waitSlackMs: slackMs = 0 }: ExecuteContext,
  unit: UnitOfWork,
  release: RunReleasedError['release'],
): Promise<void> {
  if (release.isWait && unit.isWritten) unit.apply({ kind: 'waiting' });
  await unit.save({ release: release.isWait ? { ...release, slackMs } : release });
  if (!release.isWait) return;
  const { direction } = unit.run;
  // A cancel that came while the last attempt failed does not wait for the next one.
  const isCancelled = direction === 'forward' && unit.run.cancelRequestedAt !== null;
  if (isCancelled) await unit.save({ release: { dueInMs: 0, isWait: false, slackMs } });
  onWait(isCancelled ? 0 : release.dueInMs);
}

/** Waits for the database to come back and reads what was committed. Null when the run is no longer leased here. */
async function readAgain(ctx: ExecuteContext, lease: Lease): Promise<RunWithSteps | null> {
  const { options, workerId, leaseMs } = ctx;
  for (let waitMs = 50; ; waitMs = Math.min(waitMs * 2, 1_000)) {
    await sleep(waitMs);
    // A cancel is in the row that is read now; any other interruption ends the stay.
    if (['cancel', 'restart'].includes(lease.controller.signal.reason as Interruption))
      lease.controller = new AbortController();
    if (lease.controller.signal.aborted) return null;
    try {
      const run = await reacquireRun(sqlOfPool(options.db.pool), {
        id: lease.runId,
        fence: lease.fence,
        workerId,
        leaseMs,
      });
      if (run) lease.fence = run.fence;
      return run;
    } catch (error) {
      if (!isTransient(error)) throw error;
    }
  }
}
