import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { grantToApplicationRole } from './application-role.js';
import { withConnection } from './connection/open-connection.js';
import { MIGRATIONS_DIR, readMigrations, type Migration } from './migrations-folder.js';
import { withSchemaEngine } from './schema-engine.js';

/** Any fixed number: servers that start at once meet on it and migrate one after the other. */
const MIGRATION_LOCK = 4_726_159_001;

/** How long one waits while another migrates, and how often it looks. */
const LOCK_WAIT_MS = 600_000;
const LOCK_LOOK_MS = 100;

export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

export interface MigrateInput {
  /** A connection as the role that owns the tables. */
  readonly url: string;
  readonly migrationsDir?: string;
}

export interface MigrateResult {
  readonly applied: readonly string[];
}

/**
 * Compares `_prisma_migrations` with the folder. `timeoutMs`: after how long without an answer the connection is given up.
 * @throws MigrationError when history was edited or a migration failed
 */
export async function listPendingMigrations(
  client: pg.ClientBase | pg.Pool,
  migrations: readonly Migration[],
  timeoutMs?: number,
): Promise<string[]> {
  const ask = async <Row extends pg.QueryResultRow>(text: string) => {
    const query = { text, ...(timeoutMs === undefined ? {} : { query_timeout: timeoutMs }) };
    return (await client.query<Row>(query)).rows;
  };
  const [table] = await ask<{ found: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`,
  );
  if (!table?.found) return migrations.map((migration) => migration.name);
  const rows = await ask<{ migration_name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const known = new Map(rows.map((row) => [row.migration_name, row]));
  return migrations
    .filter(({ name, checksum }) => {
      const row = known.get(name);
      if (!row) return true;
      if (!row.finished) {
        throw new MigrationError(
          `Migration ${name} failed earlier: mend the database and its row in _prisma_migrations`,
        );
      }
      if (row.checksum !== checksum) {
        throw new MigrationError(`Migration ${name} was changed after it had been applied to this database`);
      }
      return false;
    })
    .map((migration) => migration.name);
}

/**
 * Brings the database to the newest migration. With nothing new it costs one connection and two small reads.
 * Servers that start at once apply each migration once: the rest wait on an advisory lock and find nothing to do.
 */
export async function migrate(input: MigrateInput): Promise<MigrateResult> {
  const dir = input.migrationsDir ?? MIGRATIONS_DIR;
  const migrations = await readMigrations(dir);
  // Its end gives the lock back.
  return withConnection({ url: input.url }, async (client) => {
    if (await isMigrated(client, migrations)) return { applied: [] };
    await takeLock(client);
    if ((await listPendingMigrations(client, migrations)).length === 0) return { applied: [] };
    const applied = await applyMigrations(input.url, dir, migrations);
    await grantToApplicationRole(client);
    return { applied };
  });
}

/** What looks as if it had failed may be under way in another process: that is known once the lock is ours. */
async function isMigrated(client: pg.ClientBase, migrations: readonly Migration[]): Promise<boolean> {
  try {
    return (await listPendingMigrations(client, migrations)).length === 0;
  } catch (error) {
    if (error instanceof MigrationError) return false;
    throw error;
  }
}

/**
 * Asks again and again instead of waiting in the database: an index that is made concurrently waits for every statement under
 * way, and so for one that waits for this lock.
 */
async function takeLock(client: pg.ClientBase): Promise<void> {
  for (const deadline = Date.now() + LOCK_WAIT_MS; ; await sleep(LOCK_LOOK_MS)) {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
      MIGRATION_LOCK,
    ]);
    if (rows[0]?.taken) return;
    if (Date.now() > deadline) throw new MigrationError('Another process has been migrating for too long');
  }
}

async function applyMigrations(
  url: string,
  dir: string,
  migrations: readonly Migration[],
): Promise<string[]> {
  try {
    const result = await withSchemaEngine(url, null, (engine) =>
      engine.applyMigrations({
        migrationsList: {
          baseDir: dir,
          lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
          shadowDbInitScript: '',
          migrationDirectories: migrations.map(({ name, sql }) => ({
            path: name,
            migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
          })),
        },
        filters: { externalTables: [], externalEnums: [] },
      }),
    );
    return result.appliedMigrationNames;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationError(`A migration failed: ${reason}`, { cause: error });
  }
}
