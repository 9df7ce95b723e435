import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.js';
import { Listener, type Unlisten } from './listener.js';
import { runInTransaction, type Transaction, type TransactionOptions } from './transaction.js';

export type { Transaction, TransactionOptions, Unlisten };
export { Prisma } from './generated/client.js';
export type { PrismaClient } from './generated/client.js';

export interface DatabaseConfig {
  readonly url: string;
  /** Connections at most; one more is opened by the first `listen`. */
  readonly poolMax?: number;
  /** A statement that takes longer is ended by the server. */
  readonly statementTimeoutMs?: number;
  /** A role to work as, which the role of the URL is a member of. */
  readonly actAs?: string;
  /** Told about connections that broke while nobody used them. */
  readonly onConnectionError?: (error: Error) => void;
}

/** Everything that talks to PostgreSQL goes through this; it owns its connections until `close()`. */
export interface Database {
  readonly prisma: PrismaClient;
  /** For the few paths that are one hand-written statement. The same connections as `prisma`. */
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

export function createDatabase(config: DatabaseConfig): Database {
  const onError = config.onConnectionError ?? (() => undefined);
  const statementTimeoutMs = config.statementTimeoutMs ?? 15_000;
  const connection: pg.ClientConfig = {
    connectionString: config.url,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    statement_timeout: statementTimeoutMs,
    // A connection that fell silent never says that the time is over: then we do, and the pool gives it up.
    query_timeout: statementTimeoutMs + 1_000,
    ...(config.actAs ? { options: `-c role=${config.actAs}` } : {}),
  };
  const pool = new pg.Pool({ ...connection, max: config.poolMax ?? 10, idleTimeoutMillis: 60_000 });
  pool.on('error', onError);
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { onConnectionError: onError }),
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
      await pool.end();
    },
  };
}
