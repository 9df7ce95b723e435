import { executeRun } from '../embedded/execute-run.js';
import { leaseOf } from '../lease.js';
import type { RunWithSteps } from '../run.js';
import { getRun } from '../store/get-run.js';
import { sqlOfPool } from '../store/sql.js';
import { type ActivityContext, WATCHDOG_MS } from './activity-context.js';
import { claimForActivity } from './claim-for-activity.js';
import { heartbeatActivity } from './heartbeat-activity.js';
import { reportProgress } from './report-progress.js';
import { requireRun } from './require-run.js';
import { stateOfRun } from './state-of-run.js';
import type { StayEnd, StayRequest } from './stay-protocol.js';

/** When to look again after a stay that lost its run, or could not execute it. Milliseconds. */
const SOON_MS = 1_000;

/**
 * Executes a run as far as it goes in this process, exactly as the embedded engine does: the row is claimed under a new fence
 * with a lease, which is given back at the end, at a wait, or when this worker stops.
 */
export async function stayActivity(ctx: ActivityContext, request: StayRequest): Promise<StayEnd> {
  const sql = sqlOfPool(ctx.options.db.pool);
  await requireRun(sql, request);
  const claimed = await claimForActivity(ctx, request.operationRunId);
  const waitMs = claimed ? await execute(ctx, request, claimed) : null;
  const run = await getRun(sql, request.operationRunId);
  const state = stateOfRun(run);
  if (run.status === 'succeeded' || run.status === 'failed')
    return { kind: 'ended', status: run.status, state, result: run.result };
  return waitMs === null ? { kind: 'elsewhere', state } : { kind: 'left', waitMs, state };
}

/** Gives the milliseconds after which the run is to be taken up again, if it has not ended. */
async function execute(ctx: ActivityContext, request: StayRequest, claimed: RunWithSteps): Promise<number> {
  const { id } = claimed;
  const lease = leaseOf(claimed);
  let waitMs: number | undefined;
  const onWait = (ms: number) => (waitMs = ms);
  ctx.leases.set(id, lease);
  const reports = reportProgress(ctx, request);
  const stopHeartbeat = heartbeatActivity(ctx, lease, reports.last);
  try {
    // Its workflow goes on with it after a wait. Nobody else does, unless the workflow is gone by then.
    await executeRun({ ...ctx, onWait, waitSlackMs: WATCHDOG_MS }, lease, claimed, false);
  } finally {
    stopHeartbeat();
    if (ctx.leases.get(id) === lease) ctx.leases.delete(id);
    await reports.stop();
  }
  const isStopping = ctx.isDraining() || lease.controller.signal.reason === 'drain';
  return waitMs ?? (isStopping ? 0 : SOON_MS);
}
