import { LeaseLostError } from '../errors.js';
import type { Lease } from '../lease.js';
import { type Rows, withRows } from '../rows.js';
import type { Sql } from './sql.js';

// The lock keeps the lease until the rows are written.
const LOCKED = `
run AS (
  SELECT * FROM operation_runs WHERE id = $1::uuid AND fence = $2::int AND status IN ('queued', 'running')
  FOR NO KEY UPDATE
)`;

/**
 * Writes the rows of a step by themselves, under the lease of its run.
 * @throws LeaseLostError when the run has ended or another worker has claimed it
 */
export async function writeRows(sql: Sql, lease: Pick<Lease, 'runId' | 'fence'>, rows: Rows): Promise<void> {
  const { name, text, values } = withRows(LOCKED, 2, rows, ' SELECT id FROM run');
  const locked = await sql.query(`write_rows_${name}`, text, [lease.runId, lease.fence, ...values]);
  if (locked.length === 0) throw new LeaseLostError(lease.runId);
}
