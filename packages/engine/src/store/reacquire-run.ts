import type { RunWithSteps } from '../run.js';
import { type JsonRow, toRunWithSteps } from './to-run.js';
import { type Sql, withSteps } from './sql.js';

const TEXT = `
WITH mine AS (
  UPDATE operation_runs SET fence = fence + 1, due_at = now() + $4::int * interval '1 ms'
  WHERE id = $1::uuid AND lease_owner = $2 AND fence = $3::int AND status IN ('queued', 'running')
  RETURNING *
)
SELECT ${withSteps('mine')} FROM mine`;

/**
 * Reads a run again after the connection broke in the middle of a write, when nobody knows whether it was committed.
 * The new fence shuts out whatever may still be under way. Null: the run has ended or belongs to another worker.
 */
export async function reacquireRun(
  sql: Sql,
  run: { id: string; fence: number; workerId: string; leaseMs: number },
): Promise<RunWithSteps | null> {
  const [row] = await sql.query<JsonRow>('reacquire_run', TEXT, [
    run.id,
    run.workerId,
    run.fence,
    run.leaseMs,
  ]);
  return row ? toRunWithSteps(row) : null;
}
