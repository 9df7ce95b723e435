import type { Sql } from './sql.js';

const OWNERS = `
SELECT DISTINCT lease_owner AS owner FROM operation_runs
WHERE status IN ('queued', 'running') AND lease_owner IS NOT NULL AND workflow_id IS NULL`;

const END = `
UPDATE operation_runs SET due_at = now()
WHERE status IN ('queued', 'running') AND lease_owner = ANY ($1::text[]) AND workflow_id IS NULL`;

/** Makes the runs of workers that have ended due at once, instead of when their leases run out. */
export async function endLeases(sql: Sql, hasEnded: (worker: string) => boolean): Promise<void> {
  const owners = await sql.query<{ owner: string }>('lease_owners', OWNERS, []);
  const ended = owners.map(({ owner }) => owner).filter((owner) => hasEnded(owner));
  if (ended.length > 0) await sql.query('end_leases', END, [ended]);
}
