import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { createPool } from './connection/create-pool.js';
import { readDatabaseUrl } from './connection/database-url.js';
import type { ConnectionInput } from './connection/open-connection.js';
import { PrismaClient } from './generated/client.js';
import { Listener, type Unlisten } from './listener.js';
import type { ReadClient } from './read-client.js';
import { runInTransaction, type Transaction, type TransactionOptions } from './transaction.js';

export type { ReadClient, Transaction, TransactionOptions, Unlisten };
export { Prisma } from './generated/client.js';
export type { PrismaClient } from './generated/client.js';

export interface DatabaseConfig {
  readonly url: string;
  /** Connections of `prisma` at most. `pool` has half as many, and one more is opened by the first `listen`. Default 10. */
  readonly poolMax?: number;
  /** A statement that takes longer is ended by the server. */
  readonly statementTimeoutMs?: number;
  /** A role to work as, which the role of the URL is a member of. */
  readonly actAs?: string;
  /** The schema of the tables. Default: the `?schema=` of the URL, else `public`. */
  readonly schema?: string;
  /** Told about connections that broke while nobody used them. */
  readonly onConnectionError?: (error: Error) => void;
}

/** Everything that talks to PostgreSQL goes through this; it owns its connections until `close()`. */
export interface Database {
  readonly prisma: PrismaClient;
  /**
   * For the paths that are one hand-written statement which finds its rows by keys, whatever their number. Its plan is made
   * once for each connection, for all parameters: a list with filters belongs to `prisma`.
   */
  readonly pool: pg.Pool;
  /**
   * Runs `work` in one transaction. It runs again, from its beginning, when PostgreSQL asks for it (serialization
   * failure, deadlock): it must have no effect but its rows.
   */
  inTransaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /**
   * Calls `handler` with the payload of every NOTIFY on the channel, and with null after the connection was lost and
   * is back: whatever was announced in between has to be looked up.
   */
  listen(channel: string, handler: (payload: string | null) => void): Promise<Unlisten>;
  close(): Promise<void>;
}

/**
 * Left to itself PostgreSQL plans a prepared statement anew for each execution, which takes longer than to execute it, or keeps
 * a plan from when the tables were nearly empty, which reads them from end to end ever after. What can only be read so costs
 * enough by that for PostgreSQL before 18 to compile it.
 */
const KEYS_ONLY = { plan_cache_mode: 'force_generic_plan', enable_seqscan: 'off', jit: 'off' };

export function createDatabase(config: DatabaseConfig): Database {
  const onError = config.onConnectionError ?? (() => undefined);
  const statementTimeoutMs = config.statementTimeoutMs ?? 15_000;
  const schema = config.schema ?? readDatabaseUrl(config.url).schema ?? undefined;
  const connection: ConnectionInput = {
    url: config.url,
    schema,
    actAs: config.actAs,
    connectTimeoutMs: 5_000,
    statementTimeoutMs,
    // A connection that fell silent never says that the time is over: then we do, and the pool gives it up.
    queryTimeoutMs: statementTimeoutMs + 1_000,
  };
  const poolMax = config.poolMax ?? 10;
  const pool = createPool({ ...connection, settings: KEYS_ONLY, max: Math.ceil(poolMax / 2), onError });
  const prismaPool = createPool({ ...connection, max: poolMax, onError });
  const prisma = new PrismaClient({
    adapter: new PrismaPg(prismaPool, { onConnectionError: onError, ...(schema ? { schema } : {}) }),
    transactionOptions: { maxWait: 5_000, timeout: 15_000 },
  });
  const listener = new Listener(connection);
  return {
    prisma,
    pool,
    inTransaction: (work, options) => runInTransaction(prisma, work, options),
    listen: (channel, handler) => listener.listen(channel, handler),
    async close() {
      await listener.close();
      await prisma.$disconnect();
      await Promise.all([prismaPool.end(), pool.end()]);
    },
  };
}
