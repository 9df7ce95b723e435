import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createDatabase, type Database } from './client.js';

/** Set by test-postgres.ts, which starts one PostgreSQL for the whole test run. */
export const TEST_SERVER_VARIABLE = 'GANGWAY_TEST_POSTGRES';
export const TEMPLATE_DATABASE = 'gangway_template';

/** What the run's PostgreSQL is reached by. */
export interface TestServer {
  /** As the owner, on the template database. */
  readonly ownerUrl: string;
  /** As the application role, on the template database. */
  readonly url: string;
  /** How `CREATE DATABASE` copies the template. */
  readonly copyStrategy: string;
}

export interface TestDatabase {
  readonly db: Database;
  /** As the application role: what the product gets. */
  readonly url: string;
  /** As the owner of the tables: for what a test has to do behind the product's back. */
  readonly ownerUrl: string;
  /** Closes `db` and removes the database, with whoever is still connected. */
  drop(): Promise<void>;
}

/** An empty, migrated database of its own for a test file. Call `drop()` in `afterAll`. */
export async function createTestDatabase(options: { poolMax?: number } = {}): Promise<TestDatabase> {
  const server = readTestServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await runOnServer(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE} ${server.copyStrategy}`);
  const url = withDatabase(server.url, name);
  const db = createDatabase({ url, poolMax: options.poolMax ?? 5 });
  return {
    db,
    url,
    ownerUrl: withDatabase(server.ownerUrl, name),
    async drop() {
      await db.close();
      await runOnServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

export function readTestServer(): TestServer {
  const text = process.env[TEST_SERVER_VARIABLE];
  if (!text)
    throw new Error('There is no test PostgreSQL: run the tests with the vitest.config.ts at the root');
  return JSON.parse(text) as TestServer;
}

/** Runs one statement as the owner, outside of the template database (which must have no visitor to be copied). */
export async function runOnServer(server: TestServer, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(server.ownerUrl, 'postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The same connection on another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
