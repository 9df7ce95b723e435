import { Context } from '@temporalio/activity';
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
  const timeouts = Object.fromEntries(
    Object.entries(options.registry).map(([type, { timeoutMs }]) => [type, timeoutMs]),
  );
  const workflowId = Context.current().info.workflowExecution?.workflowId ?? '';
  return claimRun(sqlOfPool(options.db.pool), { operationRunId, workerId, workflowId, leaseMs, timeouts });
}
