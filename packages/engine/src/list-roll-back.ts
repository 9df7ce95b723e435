import { listLeft } from './call-step.js';
import { RunConflictError } from './errors.js';
import type { LeftItem, Registry } from './step.js';
import { getRun } from './store/get-run.js';
import type { Sql } from './store/sql.js';

/**
 * The dry run of a rollback: exactly what the compensations would delete now, in the order in which they would.
 * @throws RunConflictError `run.not_retryable` when the run is not one that can be rolled back
 * @throws RunNotFoundError
 */
export async function listRollBack(
  sql: Sql,
  registry: Registry,
  operationRunId: string,
): Promise<(LeftItem & { step: string })[]> {
  const run = await getRun(sql, operationRunId);
  const isRollable = run.status === 'failed' && (run.held || run.reasonCode === 'run.rollback_failed');
  if (!isRollable) throw new RunConflictError('run.not_retryable');
  return listLeft(registry[run.type], run, run.steps.length - 1);
}
