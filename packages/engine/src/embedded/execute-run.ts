import { setTimeout as sleep } from 'node:timers/promises';
import { DeferralRefused, LeaseLost } from '../errors.js';
import { interpret } from '../interpret.js';
import { parkRun } from '../store/park-run.js';
import { isTransient } from '../store/is-transient.js';
import { reacquireRun } from '../store/reacquire-run.js';
import { type RunWithSteps, startOf } from '../store/records.js';
import { sqlOfPool } from '../store/sql.js';
import { createRowPort, type PortContext } from '../row-port.js';
import { type HeldRun, RunReleased } from '../held-run.js';

export interface ExecuteContext extends Omit<PortContext, 'mayDefer'> {
  readonly workerId: string;
  readonly leaseMs: number;
}

/** Executes a claimed run as far as it goes in this process. Never rejects: what goes wrong is left to the next claim. */
export async function executeRun(ctx: ExecuteContext, held: HeldRun, claimed: RunWithSteps): Promise<void> {
  let run: RunWithSteps | null = claimed;
  // A run that has lost a worker goes step by step: what is done once stays done, and what is to blame is known.
  let mayDefer = claimed.crashes === 0;
  while (run) {
    try {
      if (run.crashes >= (ctx.options.maxCrashes ?? 3)) return await parkRun(ctx.options, held.fence, run);
      return await interpret(
        createRowPort({ ...ctx, mayDefer }, held, run),
        ctx.options.registry[run.type].plan,
        startOf(run),
      );
    } catch (error) {
      if (error instanceof RunReleased || error instanceof LeaseLost) return;
      if (error instanceof DeferralRefused) mayDefer = false;
      else if (!isTransient(error)) {
        // The lease stays and runs out, so that this counts as a lost worker and cannot go on forever.
        ctx.options.log?.error({ runId: claimed.id, err: error }, 'A run could not be executed');
        return;
      }
      run = await takeUpAgain(ctx, held);
    }
  }
}

/** Waits for the database to come back and reads what was committed. Null when the run is no longer ours. */
async function takeUpAgain(ctx: ExecuteContext, held: HeldRun): Promise<RunWithSteps | null> {
  const { options, workerId, leaseMs } = ctx;
  for (let waitMs = 50; ; waitMs = Math.min(waitMs * 2, 1_000)) {
    await sleep(waitMs);
    // A cancel stands in the row that is read now; whatever else ended the work ends the stay.
    if (held.controller.signal.reason === 'cancel') held.controller = new AbortController();
    if (held.controller.signal.aborted) return null;
    try {
      const run = await reacquireRun(sqlOfPool(options.db.pool), {
        id: held.id,
        fence: held.fence,
        workerId,
        leaseMs,
      });
      if (run) held.fence = run.fence;
      return run;
    } catch (error) {
      if (!isTransient(error)) throw error;
    }
  }
}
