import type { Sql } from './sql.js';

const TEXT = `
UPDATE operation_runs r SET due_at = now() + $3::int * interval '1 ms'
FROM unnest($1::uuid[], $2::int[]) AS held (id, fence)
WHERE r.id = held.id AND r.fence = held.fence AND r.status IN ('queued', 'running')
RETURNING r.id, r.cancel_requested_at IS NOT NULL AS "isCancelRequested"`;

export interface Heartbeat {
  readonly id: string;
  readonly isCancelRequested: boolean;
}

/** Renews the leases of all runs a worker holds, in one statement. A run that is not in the answer is lost. */
export async function heartbeatRuns(
  sql: Sql,
  held: readonly { id: string; fence: number }[],
  leaseMs: number,
): Promise<Heartbeat[]> {
  return sql.query<Heartbeat>('heartbeat_runs', TEXT, [
    held.map((run) => run.id),
    held.map((run) => run.fence),
    leaseMs,
  ]);
}
