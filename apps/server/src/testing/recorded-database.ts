import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from '@gangway/db/migrate';
import { MIGRATIONS_DIR, readMigrations } from '@gangway/db/migrations-folder';
import pg from 'pg';

/** Every row of a database, as some version of the product left them. */
export interface RecordedDatabase {
  /** The last migration it knew. */
  readonly migration: string;
  readonly recordedAt: string;
  /** What its secrets are encrypted with. Made for the recording, and good for nothing else. */
  readonly encryptionKeys: string;
  /** Rows by table; who is referred to comes before who refers. */
  readonly tables: Readonly<Record<string, readonly object[]>>;
}

const TABLES = `
  WITH RECURSIVE tables AS (SELECT oid, relname::text AS name FROM pg_class
         WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'),
  levels AS (SELECT oid, name, 0 AS level FROM tables UNION
         SELECT t.oid, t.name, l.level + 1 FROM levels l
           JOIN pg_constraint c ON c.confrelid = l.oid AND c.contype = 'f' AND c.conrelid <> l.oid
           JOIN tables t ON t.oid = c.conrelid)
  SELECT name FROM levels GROUP BY name ORDER BY max(level), name`;

/**
 * Writes down all there is in a database, in a file that is named for its last migration. Which machine its workers ran on
 * is left out.
 */
export async function recordDatabase(owner: pg.Pool, encryptionKeys: string, folder: string): Promise<void> {
  const { rows: names } = await owner.query<{ name: string }>(TABLES);
  const tables: Record<string, object[]> = {};
  for (const { name } of names) {
    const { rows } = await owner.query<{ row: object }>(`SELECT to_jsonb(t) AS row FROM ${name} t`);
    if (rows.length > 0) tables[name] = rows.map(({ row }) => withoutMachine(row));
  }
  const { rows } = await owner.query<Pick<RecordedDatabase, 'migration' | 'recordedAt'>>(
    `SELECT max(migration_name) AS migration, now()::text AS "recordedAt" FROM _prisma_migrations`,
  );
  const file = path.join(folder, `${rows[0]?.migration}.json`);
  await writeFile(file, `${JSON.stringify({ ...rows[0], encryptionKeys, tables })}\n`);
}

function withoutMachine(row: object): object {
  if (!('lease_owner' in row) || typeof row.lease_owner !== 'string') return row;
  // Named `machine-pid-random`.
  return { ...row, lease_owner: row.lease_owner.replace(/^.*(?=-\d+-[^-]+$)/, 'worker') };
}

/** Makes an empty database what was recorded, of the age it had then: migrated as far as its version did, with its rows. */
export async function loadDatabase(ownerUrl: string, file: string): Promise<RecordedDatabase> {
  const recorded = JSON.parse(await readFile(file, 'utf8')) as RecordedDatabase;
  const migrationsDir = await mkdtemp(path.join(tmpdir(), 'gangway-migrations-'));
  for (const { name } of await readMigrations())
    if (name <= recorded.migration)
      await cp(path.join(MIGRATIONS_DIR, name), path.join(migrationsDir, name), { recursive: true });
  await migrate({ url: ownerUrl, migrationsDir });
  await rm(migrationsDir, { recursive: true });
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    for (const [table, rows] of Object.entries(recorded.tables)) {
      const { rows: columns } = await owner.query<{ name: string; isTime: boolean }>(
        `SELECT quote_ident(column_name) AS name, data_type = 'timestamp with time zone' AS "isTime"
           FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1`,
        [table],
      );
      const values = columns.map(({ name, isTime }) =>
        isTime ? `${name} + (now() - $2::timestamptz)` : name,
      );
      await owner.query(
        `INSERT INTO ${table} (${columns.map(({ name }) => name).join(', ')})
         SELECT ${values.join(', ')} FROM jsonb_populate_recordset(NULL::${table}, $1) WHERE $2::timestamptz <= now()`,
        [JSON.stringify(rows), recorded.recordedAt],
      );
    }
  } finally {
    await owner.end();
  }
  return recorded;
}
