import type { Database } from '@gangway/db/client';
import type { Fault } from '../fault.js';

/** Kills this process where `test_kills` says so of the run it executes: each entry once, whichever process meets it. */
export function plannedKills(db: Pick<Database, 'pool'>): Fault {
  return async (point, operationRunId) => {
    const { rowCount } = await db.pool.query(
      'UPDATE test_kills SET at = clock_timestamp() WHERE run_id = $1 AND point = $2 AND at IS NULL',
      [operationRunId, point],
    );
    if (!rowCount) return;
    process.kill(process.pid, 'SIGKILL');
    await new Promise<never>(() => undefined);
  };
}
