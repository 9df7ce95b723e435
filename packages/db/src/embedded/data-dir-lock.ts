import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { openConnection } from '../connection/open-connection.js';
import { DataDirInUseError } from './errors.js';

const LOCK_ID = 4_726_159_002;
/** A server that was killed a moment ago may still be seen: its connection is closed by the kernel, not by itself. */
const PATIENCE_MS = 1_500;

/**
 * Holds the cluster for this process, by an advisory lock on a connection of its own: it ends with the process,
 * however that ends, and needs no file that can grow stale.
 * @throws DataDirInUseError when another live server holds it
 */
export async function lockDataDir(url: string, dataDir: string): Promise<pg.Client> {
  const client = await openConnection({
    url,
    applicationName: `gangway server, process ${process.pid}`,
    connectTimeoutMs: 5_000,
  });
  try {
    const giveUpAt = Date.now() + PATIENCE_MS;
    for (;;) {
      const { rows } = await client.query<{ isHeld: boolean }>(
        'SELECT pg_try_advisory_lock($1) AS "isHeld"',
        [LOCK_ID],
      );
      if (rows[0]?.isHeld) return client;
      if (Date.now() > giveUpAt) break;
      await sleep(250);
    }
    throw new DataDirInUseError(
      `DATA_DIR ${dataDir} is in use by another Gangway server${await describeHolder(client)}: stop it, or set DATA_DIR`,
    );
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

async function describeHolder(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT substring(application_name from 'process [0-9]+') AS name
       FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32) + objid::bigint = $1`,
    [LOCK_ID],
  );
  return rows[0]?.name ? ` (${rows[0].name})` : '';
}
