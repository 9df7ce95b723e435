import type pg from 'pg';
import { openConnection, type ConnectionInput } from './open-connection.js';

/** Rounds in which a pooler may show that it gives a session to others. */
const ROUNDS = 5;

/**
 * Whether a pooler in transaction mode stands between us and PostgreSQL: there a session keeps no setting, no lock and no
 * LISTEN from one transaction to the next. Two sessions of one process tell: with a backend of its own each, neither ever
 * sees the other's.
 */
export async function isTransactionPooled(input: ConnectionInput): Promise<boolean> {
  const first = await openConnection(input);
  try {
    const own = await backendOf(first);
    // The id that a client is told when it connects, to cancel by, is the backend's; poolers give one of their own.
    if ('processID' in first && first.processID === own) return false;
    const second = await openConnection(input);
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        await second.query('BEGIN');
        const isShared = (await backendOf(second)) === own || (await backendOf(first)) !== own;
        await second.query('ROLLBACK');
        if (isShared) return true;
      }
      return false;
    } finally {
      await second.end().catch(() => undefined);
    }
  } finally {
    await first.end().catch(() => undefined);
  }
}

async function backendOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid ?? 0;
}
