import { listLeft } from './call-step.js';
import { RunConflict } from './errors.js';
import type { LeftItem, Registry } from './step.js';
import { getRun } from './store/get-run.js';
import type { Sql } from './store/sql.js';

/**
 * The dry run of a rollback: exactly what the compensations would delete now, in the order in which they would.
 * @throws RunConflict `run.not_retryable` when the run is not one that can be rolled back
 * @throws RunNotFound
 */
export async function listRollBack(
  sql: Sql,
  registry: Registry,
  operationRunId: string,
): Promise<(LeftItem & { step: string })[]> {
  const run = await getRun(sql, operationRunId);
  const isRollable = run.status === 'failed' && (run.held || run.reasonCode === 'run.rollback_failed');
  if (!isRollable) throw new RunConflict('run.not_retryable');
  return listLeft(registry[run.type], run, run.steps.length - 1);
}
