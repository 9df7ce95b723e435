import { LeaseLost } from '../errors.js';
import { type Rows, withRows } from '../rows.js';
import type { Sql } from './sql.js';

// The lock keeps the run in these hands until the rows are there.
const HELD = `
run AS (
  SELECT * FROM operation_runs WHERE id = $1::uuid AND fence = $2::int AND status IN ('queued', 'running')
  FOR NO KEY UPDATE
)`;

/**
 * Writes the rows of a step by themselves, for whoever holds the run.
 * @throws LeaseLost when the run has ended or somebody else holds it
 */
export async function writeRows(
  sql: Sql,
  run: { readonly id: string; readonly fence: number },
  rows: Rows,
): Promise<void> {
  const { name, text, values } = withRows(HELD, 2, rows, ' SELECT id FROM run');
  const held = await sql.query(`write_rows_${name}`, text, [run.id, run.fence, ...values]);
  if (held.length === 0) throw new LeaseLost(run.id);
}
