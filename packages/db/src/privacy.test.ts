import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PRISMA_DIR } from './migrations-folder.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

// docs/privacy.md against the database that the migrations make: every column that can hold something about a person is in
// one of its two tables.

let database: TestDatabase;
let document: string;
beforeAll(async () => {
  database = await createTestDatabase();
  document = await readFile(path.join(PRISMA_DIR, '../docs/privacy.md'), 'utf8');
});
afterAll(() => database.drop());

const [namesIn, sectionOf] = [
  (text: string) => [...text.matchAll(/`([\w.]+)`/g)].map(([, name = '']) => name),
  (heading: string) => document.split(/^## /m).find((section) => section.startsWith(heading)) ?? '',
];
const rowsOf = (heading: string) =>
  sectionOf(heading)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()));

it('classifies every column once, and none that is not there', async () => {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ name: string }>(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
        AND data_type IN ('text', 'character varying', 'json', 'jsonb', 'bytea', 'uuid', 'ARRAY')`,
  );
  await owner.end();
  const personal = rowsOf('What is stored').flatMap(([, columns = '']) => namesIn(columns));
  const others = rowsOf('Columns without personal data').flatMap(([, table = '', columns = '']) =>
    namesIn(columns).map((column) => `${namesIn(table)[0] ?? ''}.${column}`),
  );
  expect(personal.length).toBeGreaterThan(30);
  expect([...personal, ...others].toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
});

it('says of each what it is, why it is kept, and until when', () => {
  for (const [, columns, ...cells] of rowsOf('What is stored'))
    expect([columns, ...cells.slice(0, 3).map((cell) => cell.length > 3)]).toEqual([
      columns,
      true,
      true,
      true,
    ]);
});
