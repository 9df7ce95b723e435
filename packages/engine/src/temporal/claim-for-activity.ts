import { Context } from '@temporalio/activity';
import { claimerOf } from '../claimer-of.js';
import type { RunWithSteps } from '../run.js';
import { claimRun } from '../store/claim-run.js';
import { sqlOfPool } from '../store/sql.js';
import type { ActivityContext } from './activity-context.js';

/** The run of the workflow that the current activity belongs to, under a new fence. Null when it has ended. */
export async function claimForActivity(
  ctx: ActivityContext,
  operationRunId: string,
): Promise<RunWithSteps | null> {
  const { options, workerId, leaseMs } = ctx;
  const workflowId = Context.current().info.workflowExecution?.workflowId ?? '';
  const claimer = claimerOf(options.registry, workerId, leaseMs);
  return claimRun(sqlOfPool(options.db.pool), { ...claimer, operationRunId, workflowId });
}
