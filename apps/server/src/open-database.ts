import { APPLICATION_ROLE, ensureActingRole } from '@gangway/db/application-role';
import { createDatabase, type Database } from '@gangway/db/client';
import { startEmbeddedPostgres } from '@gangway/db/embedded-postgres';
import { listPendingMigrations, migrate, MigrationError } from '@gangway/db/migrate';
import { readMigrations } from '@gangway/db/migrations-folder';
import pg from 'pg';
import { ConfigError } from './config/config-error.js';
import type { Config } from './config/load-config.js';
import { isUnusable } from './describe-start-error.js';
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
  /** Whether it may be migrated; else it has to be at this version's newest migration. */
  readonly migrates: boolean;
  /** Told when the embedded PostgreSQL is gone for good. */
  readonly onLost: (error: Error) => void;
}

/** Gets PostgreSQL (ours, or the one of DATABASE_URL), brings it to the newest migration where it may, and connects. */
export async function openDatabase(input: OpenDatabaseInput): Promise<OpenDatabase> {
  const { config, log, migrates, onLost } = input;
  const server = config.databaseUrl
    ? { ...foreignServer(config.databaseUrl, config.migrationDatabaseUrl), stop: () => Promise.resolve() }
    : await startEmbeddedPostgres({ dataDir: config.dataDir, log: (line) => log.info(line), onLost });
  try {
    const { applied } = await naming(config, () =>
      migrates ? migrate({ url: server.ownerUrl }) : requireMigrations(server.ownerUrl),
    );
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

/** Who migrates is named by a variable of its own, where there is one. */
async function naming<T>(config: OpenDatabaseInput['config'], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (config.migrationDatabaseUrl === null || !isUnusable(error)) throw error;
    throw new ConfigError([`MIGRATION_DATABASE_URL cannot be used: ${error.message || error.code}`]);
  }
}

/** @throws MigrationError where migrations are missing */
async function requireMigrations(url: string): Promise<{ applied: readonly string[] }> {
  const migrations = await readMigrations();
  const pending = await asOwner(url, (owner) => listPendingMigrations(owner, migrations));
  if (pending.length === 0) return { applied: [] };
  throw new MigrationError(
    `The database is not at this version's newest migration: npm run gangway -- migrate (${pending.length} to do)`,
  );
}

function foreignServer(url: string, migrationUrl: string | null): { ownerUrl: string; url: string } {
  return { ownerUrl: migrationUrl ?? url, url };
}

async function prepareActingRole(url: string, log: Logger): Promise<boolean> {
  const mayAct = await asOwner(url, ensureActingRole);
  if (!mayAct)
    log.warn(`The role of DATABASE_URL may not create the role ${APPLICATION_ROLE}: working as the owner`);
  return mayAct;
}

async function asOwner<T>(url: string, work: (owner: pg.ClientBase) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await owner.connect();
  try {
    return await work(owner);
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
