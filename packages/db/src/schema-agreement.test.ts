import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PRISMA_DIR, SCHEMA_FILE } from './migrations-folder.js';
import { diffSchemas } from './schema-engine.js';
import {
  createTestDatabase,
  readTestServer,
  runOnServer,
  withDatabase,
  type TestDatabase,
} from './test-database.js';

const SCRATCH = 'schema_agreement';
let migrated: TestDatabase;
let described: pg.Client;
let applied: pg.Client;

beforeAll(async () => {
  const server = readTestServer();
  migrated = await createTestDatabase();
  await runOnServer(server, `CREATE DATABASE ${SCRATCH}`);
  const url = withDatabase(server.ownerUrl, SCRATCH);
  described = new pg.Client({ connectionString: url });
  applied = new pg.Client({ connectionString: migrated.ownerUrl });
  await Promise.all([described.connect(), applied.connect()]);
  const schema = { path: 'schema.prisma', content: await readFile(SCHEMA_FILE, 'utf8') };
  await described.query(await diffSchemas(url, null, schema));
  await described.query(await readFile(path.join(PRISMA_DIR, 'hand-written.sql'), 'utf8'));
});

afterAll(async () => {
  await Promise.all([described.end(), applied.end()]);
  await migrated.drop();
  await runOnServer(readTestServer(), `DROP DATABASE ${SCRATCH}`);
});

const CATALOG = {
  columns: `SELECT table_name, column_name, data_type, udt_name, is_nullable, column_default, datetime_precision
              FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
             ORDER BY table_name, column_name`,
  indexes: `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`,
  constraints: `SELECT conrelid::regclass::text AS table, conname, pg_get_constraintdef(oid) AS definition
                  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
                   AND conrelid <> 0 AND conrelid::regclass::text <> '_prisma_migrations' ORDER BY 1, 2`,
  functions: `SELECT pg_get_functiondef(oid) AS definition FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1`,
  options: `SELECT relname, unnest(reloptions) AS option
              FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1, 2`,
};

it.each([
  ['columns', 20],
  ['indexes', 20],
  ['constraints', 20],
  ['functions', 0],
  ['options', 2],
] as const)('finds the same %s in the migrations and in the schema, more than %i', async (kind, count) => {
  const fromMigrations = await applied.query(CATALOG[kind]);
  const fromSchema = await described.query(CATALOG[kind]);
  expect(fromMigrations.rows.length).toBeGreaterThan(count);
  expect(fromMigrations.rows).toEqual(fromSchema.rows);
});
