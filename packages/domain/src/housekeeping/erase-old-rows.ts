import type { House } from '../house.js';

/** Rows that one statement deletes at most: short enough that nobody waits for its locks. */
const BATCH = 1_000;

interface Retention {
  readonly table: string;
  readonly key: string;
  /** When a row is of no use any more, as a condition of SQL; the oldest come first in the order of `key`. */
  readonly isOver: string;
}

// What a person may still ask about ("this link has expired") stays a while after its end. Runs, their events and the
// audit trail stay for good.
const RETENTION: readonly Retention[] = [
  { table: 'idempotency_keys', key: 'created_at', isOver: `created_at < now() - interval '24 hours'` },
  { table: 'browser_sessions', key: 'id', isOver: `expires_at < now() - interval '30 days'` },
  { table: 'user_links', key: 'id', isOver: `expires_at < now() - interval '30 days'` },
  { table: 'consent_requests', key: 'id', isOver: `expires_at < now() - interval '90 days'` },
  {
    table: 'webhook_deliveries',
    key: 'id',
    isOver: `status <> 'queued' AND created_at < now() - interval '90 days'`,
  },
];

/** Deletes in batches what has had its time. Gives how many rows went. */
export async function eraseOldRows({ db }: Pick<House, 'db'>): Promise<number> {
  let erased = 0;
  for (const { table, key, isOver } of RETENTION) {
    const text = `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM ${table} WHERE ${isOver} ORDER BY ${key} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED))`;
    for (let gone = BATCH; gone === BATCH; erased += gone) gone = (await db.pool.query(text)).rowCount ?? 0;
  }
  return erased;
}
