import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { migrate, MigrationError } from './migrate.js';
import { MIGRATIONS_DIR, readMigrations } from './migrations-folder.js';
import { readTestServer, runOnServer, withDatabase } from './test-database.js';

const DATABASE = 'migrate_test';
const server = readTestServer();
const url = withDatabase(server.ownerUrl, DATABASE);
let migrationsDir: string;

beforeAll(async () => {
  migrationsDir = await mkdtemp(path.join(tmpdir(), 'gangway-migrations-'));
  await cp(MIGRATIONS_DIR, migrationsDir, { recursive: true });
});
beforeEach(async () => {
  await runOnServer(server, `DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
  await runOnServer(server, `CREATE DATABASE ${DATABASE}`);
});
afterAll(async () => {
  await runOnServer(server, `DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
  await rm(migrationsDir, { recursive: true });
});

async function query<T extends pg.QueryResultRow>(sql: string, as = url): Promise<T[]> {
  const client = new pg.Client({ connectionString: as });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Does the work on a database with all migrations and one more in the folder. */
async function withLater(name: string, sql: string, work: () => Promise<void>): Promise<void> {
  await migrate({ url, migrationsDir });
  const dir = path.join(migrationsDir, name);
  await mkdir(dir);
  await writeFile(path.join(dir, 'migration.sql'), sql);
  try {
    await work();
  } finally {
    await rm(dir, { recursive: true });
  }
}

describe('migrations', () => {
  it('take nothing away that the version before them reads, or leaves out', async () => {
    const [, ...later] = await readMigrations();
    for (const { name, sql } of later)
      expect(sql, name).not.toMatch(
        /DROP (TABLE|COLUMN)|\bRENAME\b|SET NOT NULL|ALTER COLUMN \S+ (SET DATA )?TYPE/i,
      );
  });

  /** The tables that get an index while everybody who writes to them waits. */
  const blockedBy = (sql: string) =>
    [...sql.matchAll(/CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY)[^]*? ON ("\w+")/g)]
      .map(([, table = '']) => table)
      .filter((table) => !sql.includes(`CREATE TABLE ${table} `));

  // Those before were applied to databases with little in them.
  it('since 20261121161958 index the tables there are beside the work on them', async () => {
    expect(
      blockedBy('CREATE TABLE "a" (b int); CREATE INDEX "c" ON "a"("b"); CREATE INDEX "d" ON "e"("f")'),
    ).toEqual(['"e"']);
    expect(blockedBy('CREATE INDEX CONCURRENTLY "c" ON "a"("b")')).toEqual([]);
    const later = (await readMigrations()).filter(({ name }) => name > '20261121161959');
    expect(later.filter(({ sql }) => blockedBy(sql).length > 0)).toEqual([]);
  });
});

describe('migrate', () => {
  it('applies each migration once when several servers start at once, and then nothing', async () => {
    const results = await Promise.all([1, 2, 3, 4].map(() => migrate({ url })));
    const names = (await readMigrations()).map((migration) => migration.name);
    expect(results.flatMap((result) => result.applied).toSorted()).toEqual(names);
    expect(await query('SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1')).toEqual(
      names.map((name) => ({ name })),
    );
    expect(await migrate({ url })).toEqual({ applied: [] });
  });

  it('waits for one that another process has under way, and takes it for none that failed', () =>
    withLater('99990101000000_slow', 'SELECT pg_sleep(1);', async () => {
      const first = migrate({ url, migrationsDir });
      await vi.waitFor(async () =>
        expect(await query('SELECT 1 FROM _prisma_migrations WHERE finished_at IS NULL')).toHaveLength(1),
      );
      expect(await migrate({ url, migrationsDir })).toEqual({ applied: [] });
      expect(await first).toEqual({ applied: ['99990101000000_slow'] });
    }));

  it('makes an index while rows are written, where it stands alone in its migration', () => {
    const sql = 'CREATE INDEX CONCURRENTLY "partners_made_idx" ON "partners"("created_at");';
    return withLater('99990101000000_concurrently', sql, async () => {
      const results = await Promise.all([1, 2, 3].map(() => migrate({ url, migrationsDir })));
      expect(results.flatMap((result) => result.applied)).toEqual(['99990101000000_concurrently']);
      const found = await query(
        `SELECT indisvalid FROM pg_index WHERE indexrelid = 'partners_made_idx'::regclass`,
      );
      expect(found).toEqual([{ indisvalid: true }]);
    });
  });

  it('lets the application role write rows, change no table, and find the tables of later migrations', () =>
    withLater('99990101000000_later', 'CREATE TABLE later (id int PRIMARY KEY);', async () => {
      expect((await migrate({ url, migrationsDir })).applied).toEqual(['99990101000000_later']);
      // What PostgreSQL 14 allows everybody (docs/production.md).
      await query('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
      const app = withDatabase(server.url, DATABASE);
      expect(await query('INSERT INTO later VALUES (1) RETURNING id', app)).toEqual([{ id: 1 }]);
      await expect(query('DROP TABLE later', app)).rejects.toThrow('must be owner');
      await expect(query('CREATE TABLE mine (id int)', app)).rejects.toThrow('permission denied');
      await expect(query('DELETE FROM _prisma_migrations', app)).rejects.toThrow('permission denied');
    }));

  it('refuses a migration that was edited after it had been applied', async () => {
    await migrate({ url });
    await query(`UPDATE _prisma_migrations SET checksum = 'other'`);
    await expect(migrate({ url })).rejects.toThrow(MigrationError);
  });

  it('names the migration that failed, now and on the next start, and keeps no half of it', async () => {
    const dir = await mkdtemp(path.join(tmpdir(), 'gangway-migrations-'));
    await mkdir(path.join(dir, '20200101000000_broken'));
    await writeFile(
      path.join(dir, '20200101000000_broken', 'migration.sql'),
      `CREATE TABLE half (id int);
       CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END $$;
       CREATE TABLE x (id nonsense);`,
    );
    await expect(migrate({ url, migrationsDir: dir })).rejects.toThrow(/20200101000000_broken/);
    await expect(migrate({ url, migrationsDir: dir })).rejects.toThrow(
      /20200101000000_broken failed earlier/,
    );
    expect(await query(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
    await rm(dir, { recursive: true });
  });
});
