import { APPLICATION_ROLE, ensureActingRole } from '@gangway/db/application-role';
import { createDatabase, type Database } from '@gangway/db/client';
import { ConnectionError } from '@gangway/db/connection/connection-error';
import { withConnection } from '@gangway/db/connection/open-connection';
import { startEmbeddedPostgres } from '@gangway/db/embedded-postgres';
import { listPendingMigrations, migrate, MigrationError } from '@gangway/db/migrate';
import { readMigrations, type Migration } from '@gangway/db/migrations-folder';
import { ConfigError } from './config/config-error.js';
import type { Config } from './config/load-config.js';
import { createDatabaseChecks } from './database-checks.js';
import { isUnusable } from './describe-start-error.js';
import type { Check } from './http/health.js';
import { inspectDatabase, type InspectedDatabase } from './inspect-database.js';
import type { Logger } from './log.js';
import { StartError } from './start-error.js';

export interface OpenDatabase {
  readonly db: Database;
  readonly checks: readonly Check[];
  close(): Promise<void>;
  /** Ends the embedded PostgreSQL whoever still uses it, and leaves any other alone. */
  abandon(): Promise<void>;
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
  const { config, log, onLost } = input;
  const server = config.databaseUrl
    ? { ...foreignServer(config.databaseUrl, config.migrationDatabaseUrl), stop: () => Promise.resolve() }
    : await startEmbeddedPostgres({ dataDir: config.dataDir, log: (line) => log.info(line), onLost });
  try {
    const migrations = await readMigrations();
    const { schema, mayAct } = await prepareDatabase(input, server, migrations);
    const db = createDatabase({
      url: server.url,
      schema,
      poolMax: 20,
      ...(mayAct ? { actAs: APPLICATION_ROLE } : {}),
      onConnectionError: (error) => log.warn({ err: error }, 'A database connection was lost'),
    });
    return {
      db,
      checks: createDatabaseChecks(db, migrations),
      async close() {
        await db.close();
        await server.stop();
      },
      abandon: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

interface Urls {
  /** As who owns the tables. */
  readonly ownerUrl: string;
  readonly url: string;
}

function foreignServer(url: string, migrationUrl: string | null): Urls {
  return { ownerUrl: migrationUrl ?? url, url };
}

/** Migrates if it may, and finds out in which schema and as which role to work. Whatever is wrong names its variable. */
async function prepareDatabase(
  { config, log, migrates }: OpenDatabaseInput,
  { ownerUrl, url }: Urls,
  migrations: readonly Migration[],
): Promise<InspectedDatabase> {
  const isEmbedded = config.databaseUrl === null;
  const owner = isEmbedded ? 'The embedded PostgreSQL' : nameOfOwner(config);
  const { schema } = await naming(owner, () => inspectDatabase(owner, ownerUrl, { isForMigrations: true }));
  const { applied } = await naming(owner, () =>
    migrates ? migrate({ url: ownerUrl }) : requireMigrations(ownerUrl, migrations),
  );
  if (applied.length > 0) log.info({ migrations: applied }, 'The database was migrated');
  // Our own server: then the application's role is another one already.
  if (isEmbedded) return { schema, mayAct: false };
  if (url === ownerUrl) return { schema, mayAct: await naming(owner, () => prepareActingRole(url, log)) };
  const application = await naming('DATABASE_URL', () =>
    inspectDatabase('DATABASE_URL', url, { isForMigrations: false }),
  );
  if (application.schema !== schema) {
    throw new ConfigError([
      `DATABASE_URL works in the schema ${application.schema}, and ${owner} in ${schema}: both must name one, as in ?schema=${schema}`,
    ]);
  }
  return application;
}

function nameOfOwner(config: OpenDatabaseInput['config']): string {
  return config.migrationDatabaseUrl === null ? 'DATABASE_URL' : 'MIGRATION_DATABASE_URL';
}

async function naming<T>(variable: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ConnectionError) && !isUnusable(error)) throw error;
    throw new StartError(`${variable} cannot be used: ${error.message || error.code || error.name}`, {
      cause: error,
    });
  }
}

/** @throws MigrationError where migrations are missing */
async function requireMigrations(
  url: string,
  migrations: readonly Migration[],
): Promise<{ applied: readonly string[] }> {
  const pending = await withConnection({ url }, (owner) => listPendingMigrations(owner, migrations));
  if (pending.length === 0) return { applied: [] };
  throw new MigrationError(
    `The database is not at this version's newest migration: npm run gangway -- migrate (${pending.length} to do)`,
  );
}

async function prepareActingRole(url: string, log: Logger): Promise<boolean> {
  const mayAct = await withConnection({ url }, ensureActingRole);
  if (!mayAct)
    log.warn(`The role of DATABASE_URL may not create the role ${APPLICATION_ROLE}: working as the owner`);
  return mayAct;
}
