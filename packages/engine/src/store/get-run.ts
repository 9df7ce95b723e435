import { RunNotFoundError } from '../errors.js';
import type { RunWithSteps } from '../run.js';
import { type JsonRow, toRunWithSteps } from './to-run.js';
import { type Sql, withSteps } from './sql.js';

const TEXT = `SELECT ${withSteps('r')} FROM operation_runs r WHERE r.id = $1::uuid`;

/** A run with its steps. The caller decides who may see it. @throws RunNotFoundError */
export async function getRun(sql: Sql, operationRunId: string): Promise<RunWithSteps> {
  const [row] = await sql.query<JsonRow>('get_run', TEXT, [operationRunId]);
  if (!row) throw new RunNotFoundError(operationRunId);
  return toRunWithSteps(row);
}
