import { RunNotFound } from '../errors.js';
import { type JsonRow, type RunWithSteps, toRunWithSteps } from './records.js';
import { type Sql, withSteps } from './sql.js';

const TEXT = `SELECT ${withSteps('r')} FROM operation_runs r WHERE r.id = $1::uuid`;

/** A run with its steps. The caller decides who may see it. @throws RunNotFound */
export async function getRun(sql: Sql, operationRunId: string): Promise<RunWithSteps> {
  const [row] = await sql.query<JsonRow>('get_run', TEXT, [operationRunId]);
  if (!row) throw new RunNotFound(operationRunId);
  return toRunWithSteps(row);
}
