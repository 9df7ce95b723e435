import type { Lease } from '../lease.js';
import type { Sql } from './sql.js';

// Waits for no write: a run whose row is locked at this moment is being written, and no worker can claim it
// meanwhile. A run that was released in the meantime keeps the time at which it is due.
const TEXT = `
WITH leased AS (
  SELECT r.id, r.fence, r.cancel_requested_at IS NOT NULL AS "isCancelRequested"
  FROM unnest($1::uuid[], $2::int[]) AS h (id, fence) JOIN operation_runs r USING (id, fence)
  WHERE r.lease_owner = $3
), free AS (
  SELECT r.id FROM operation_runs r JOIN leased USING (id, fence) WHERE r.lease_owner = $3 FOR UPDATE OF r SKIP LOCKED
), renewed AS (
  UPDATE operation_runs r SET due_at = now() + $4::int * interval '1 ms' FROM free WHERE r.id = free.id
)
SELECT id, "isCancelRequested" FROM leased`;

export interface Heartbeat {
  readonly id: string;
  readonly isCancelRequested: boolean;
}

/** Renews the leases of a worker, in one statement. A run that is not returned is lost. */
export async function heartbeatRuns(
  sql: Sql,
  leases: readonly Pick<Lease, 'runId' | 'fence'>[],
  { workerId, leaseMs }: { workerId: string; leaseMs: number },
): Promise<Heartbeat[]> {
  return sql.query<Heartbeat>('heartbeat_runs', TEXT, [
    leases.map((lease) => lease.runId),
    leases.map((lease) => lease.fence),
    workerId,
    leaseMs,
  ]);
}
