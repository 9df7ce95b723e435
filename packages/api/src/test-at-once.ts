import { setTimeout as sleep } from 'node:timers/promises';
import type { TestApi } from './test-api.js';

/** A call that is under way; `ends` with its answer. */
export interface Call<T> {
  readonly ends: Promise<T>;
  /** The backends of PostgreSQL that the call's own waits for, or null if it was answered without waiting. */
  readonly waitsFor: readonly number[] | null;
  /** The backend that waits; null if none does. */
  readonly pid: number | null;
}

export interface HeldAudit {
  /** The backend that holds everybody up. */
  readonly pid: number;
  /** Makes a call and comes back when it waits, or was answered. */
  readonly start: <T>(call: () => Promise<T>) => Promise<Call<T>>;
  readonly release: () => Promise<void>;
}

/**
 * Holds up whoever writes to the audit trail, which is the last thing that every mutation does: calls that are made
 * meanwhile stand still in the middle of their transaction, with their locks, until it is released.
 */
export async function holdAudit(api: TestApi): Promise<HeldAudit> {
  const { pool, prisma } = api.app.db;
  const holder = await pool.connect();
  await holder.query('BEGIN');
  await holder.query('LOCK TABLE audit_events IN SHARE MODE');
  const { rows } = await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const pid = rows[0]?.pid ?? 0;
  const known = new Set<number>();
  const findWaiting = async () => {
    const waiting = await prisma.$queryRaw<{ pid: number; blockers: number[] }[]>`
      SELECT pid, pg_blocking_pids(pid) AS blockers FROM pg_stat_activity
       WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`;
    return waiting.find((one) => !known.has(one.pid));
  };
  return {
    pid,
    async start(call) {
      const ends = call();
      const answered = ends.then(
        () => true,
        () => true,
      );
      let found = await findWaiting();
      while (found === undefined && !(await Promise.race([answered, sleep(5, false)])))
        found = await findWaiting();
      if (found) known.add(found.pid);
      return { ends, pid: found?.pid ?? null, waitsFor: found?.blockers ?? null };
    },
    async release() {
      await holder.query('COMMIT');
      holder.release();
    },
  };
}
