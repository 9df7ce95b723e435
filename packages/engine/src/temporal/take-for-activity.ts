import { Context } from '@temporalio/activity';
import type { RunWithSteps } from '../store/records.js';
import { sqlOfPool } from '../store/sql.js';
import { takeRun } from '../store/take-run.js';
import type { ActivityContext } from './activity-context.js';

/** The run of the workflow that the current activity belongs to, under a new fence. Null when it has ended. */
export async function takeForActivity(
  ctx: ActivityContext,
  operationRunId: string,
): Promise<RunWithSteps | null> {
  const { options, workerId, leaseMs } = ctx;
  const timeouts = Object.fromEntries(
    Object.entries(options.registry).map(([type, { timeoutMs }]) => [type, timeoutMs]),
  );
  const workflowId = Context.current().info.workflowExecution?.workflowId ?? '';
  return takeRun(sqlOfPool(options.db.pool), { operationRunId, workerId, workflowId, leaseMs, timeouts });
}
