import { APPLICATION_ROLE, ensureActingRole } from '@gangway/db/application-role';
import { createDatabase, type Database } from '@gangway/db/client';
import { startEmbeddedPostgres } from '@gangway/db/embedded-postgres';
import { listPendingMigrations, migrate } from '@gangway/db/migrate';
import { readMigrations } from '@gangway/db/migrations-folder';
import pg from 'pg';
import type { Config } from './config/load-config.js';
import type { Check } from './http/health.js';
import type { Logger } from './log.js';

export interface OpenDatabase {
  readonly db: Database;
  readonly checks: readonly Check[];
  close(): Promise<void>;
}

export interface OpenDatabaseInput {
  readonly config: Pick<Config, 'databaseUrl' | 'migrationDatabaseUrl' | 'dataDir'>;
  readonly log: Logger;
  /** Told when the embedded PostgreSQL is gone for good. */
  readonly onLost: (error: Error) => void;
}

/** Gets PostgreSQL (ours, or the one of DATABASE_URL), brings it to the newest migration, and connects. */
export async function openDatabase({ config, log, onLost }: OpenDatabaseInput): Promise<OpenDatabase> {
  const server = config.databaseUrl
    ? { ...foreignServer(config.databaseUrl, config.migrationDatabaseUrl), stop: () => Promise.resolve() }
    : await startEmbeddedPostgres({ dataDir: config.dataDir, log: (line) => log.info(line), onLost });
  try {
    const { applied } = await migrate({ url: server.ownerUrl });
    if (applied.length > 0) log.info({ migrations: applied }, 'The database was migrated');
    // Two URLs, or our own server: then the application's role is another one already.
    const mayAct = server.url === server.ownerUrl && (await prepareActingRole(server.url, log));
    const db = createDatabase({
      url: server.url,
      poolMax: 20,
      ...(mayAct ? { actAs: APPLICATION_ROLE } : {}),
      onConnectionError: (error) => log.warn({ err: error }, 'A database connection was lost'),
    });
    return {
      db,
      checks: checksOf(db),
      async close() {
        await db.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function foreignServer(url: string, migrationUrl: string | null): { ownerUrl: string; url: string } {
  return { ownerUrl: migrationUrl ?? url, url };
}

async function prepareActingRole(url: string, log: Logger): Promise<boolean> {
  const owner = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await owner.connect();
  try {
    const mayAct = await ensureActingRole(owner);
    if (!mayAct)
      log.warn(`The role of DATABASE_URL may not create the role ${APPLICATION_ROLE}: working as the owner`);
    return mayAct;
  } finally {
    await owner.end();
  }
}

function checksOf(db: Database): Check[] {
  return [
    {
      name: 'database',
      async run() {
        await db.pool.query('SELECT 1');
        return 'answers';
      },
    },
    {
      name: 'migrations',
      async run() {
        const client = await db.pool.connect();
        try {
          const pending = await listPendingMigrations(client, await readMigrations());
          if (pending.length > 0) throw new Error(`Pending: ${pending.join(', ')}`);
          return 'up to date';
        } finally {
          client.release();
        }
      },
    },
  ];
}
