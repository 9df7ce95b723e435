import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { withConnection } from '@gangway/db/connection/open-connection';
import { readTestServer, runOnServer } from '@gangway/db/test-database';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEmptyDatabase } from './testing/empty-database.js';
import { endServers, spawnServer, untilReady } from './testing/spawn-server.js';
import { createTransactionPooler } from './testing/transaction-pooler.js';

// What DATABASE_URL may lead to, on a real PostgreSQL: with the built server and its command line.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const PASSWORD = 'only for this test';

let dataDir: string;
let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'gangway-url-'));
  database = await createEmptyDatabase();
});
afterEach(async () => {
  await endServers();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const start = (variables: Record<string, string>) =>
  spawnServer({ DATA_DIR: dataDir, DEMO: '1', ...variables });

/** Runs a command to its end, and gives the lines it printed. */
async function run(command: string, variables: Record<string, string>): Promise<string[]> {
  const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, ...variables };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [CLI, command], {
    env,
    cwd: dataDir,
  }).catch((error: unknown) => error as { stdout: string; stderr: string });
  return `${stdout}${stderr}`.trim().split('\n');
}

/** A URL of the database with other parts. */
function changed(change: (url: URL) => void): string {
  const url = new URL(database.ownerUrl);
  change(url);
  return url.href;
}

const asOwner = (sql: string) =>
  withConnection({ url: database.ownerUrl }, async (client) => {
    await client.query(sql);
  });

async function signIn(url: string): Promise<number> {
  const response = await fetch(`${url}/trpc/auth.signIn`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'owner@acme.example', password: 'gangway-demo-2026' }),
  });
  return response.status;
}

describe('a schema of its own', () => {
  it.each(['in the URL', 'in the search_path'])('is worked in if it is named %s', async (where) => {
    await asOwner('CREATE SCHEMA "Crm 1"');
    const name = new URL(database.ownerUrl).pathname.slice(1);
    if (where !== 'in the URL') await asOwner(`ALTER DATABASE ${name} SET search_path = "Crm 1", public`);
    const url = changed(({ searchParams }) => {
      if (where === 'in the URL') searchParams.set('schema', 'Crm 1');
    });
    expect(await run('migrate', { DATABASE_URL: url })).toEqual(['The database is at the newest migration.']);
    const server = start({ DATABASE_URL: url });
    const address = await untilReady(server);
    expect(await signIn(address)).toBe(200);
    const { rows } = await withConnection({ url: database.ownerUrl }, (client) =>
      client.query(
        `SELECT DISTINCT schemaname FROM pg_tables WHERE schemaname !~ '^(pg_|information_schema)'`,
      ),
    );
    expect(rows).toEqual([{ schemaname: 'Crm 1' }]);
  });

  it('is refused by name if it is not there, by the start and by migrate', async () => {
    const url = changed(({ searchParams }) => searchParams.set('schema', 'missing'));
    const line = expect.stringMatching(/^DATABASE_URL names the schema missing, which does not exist/);
    expect(await run('migrate', { DATABASE_URL: url })).toEqual([line]);
    const server = start({ DATABASE_URL: url });
    expect(await server.exitCode).toBe(1);
    expect(server.output().trim().split('\n')).toEqual([line]);
  });

  it('is refused if the two URLs name different ones', async () => {
    await asOwner('CREATE SCHEMA crm');
    const variables = {
      DATABASE_URL: database.ownerUrl,
      MIGRATION_DATABASE_URL: changed(({ searchParams }) => searchParams.set('schema', 'crm')),
    };
    expect(await run('migrate', variables)).toEqual([
      expect.stringMatching(/^DATABASE_URL works in the schema public, and MIGRATION_DATABASE_URL in crm/),
    ]);
  });
});

describe('a pooler in transaction mode', () => {
  it.each(['DATABASE_URL', 'MIGRATION_DATABASE_URL'])('is refused in %s by name', async (name) => {
    const pooler = await createTransactionPooler(database.ownerUrl);
    try {
      const variables = { DATABASE_URL: database.ownerUrl, MIGRATION_DATABASE_URL: database.ownerUrl };
      expect(await run('migrate', { ...variables, [name]: pooler.url })).toEqual([
        expect.stringMatching(new RegExp(`^${name} leads to a connection pooler in transaction mode`)),
      ]);
    } finally {
      await pooler.close();
    }
  });
});

describe('a role', () => {
  const role = `url_test_${process.pid}`;
  beforeAll(() =>
    runOnServer(readTestServer(), `CREATE ROLE ${role} LOGIN NOINHERIT PASSWORD '${PASSWORD}'`),
  );
  afterAll(() => runOnServer(readTestServer(), `DROP ROLE ${role}`));

  it('that is a member of gangway_app without inheriting from it works as gangway_app', async () => {
    await asOwner(`GRANT gangway_app TO ${role}`);
    const url = changed((parts) => {
      parts.username = role;
      parts.password = PASSWORD;
    });
    const server = start({ DATABASE_URL: url, MIGRATION_DATABASE_URL: database.ownerUrl });
    expect(await signIn(await untilReady(server))).toBe(200);
    await asOwner(`REVOKE gangway_app FROM ${role}`);
  });

  it('that is no member is told what to grant', async () => {
    const url = changed((parts) => {
      parts.username = role;
      parts.password = PASSWORD;
    });
    const server = start({ DATABASE_URL: url, MIGRATION_DATABASE_URL: database.ownerUrl });
    expect(await server.exitCode).toBe(1);
    expect(server.output()).toMatch(/GRANT gangway_app TO/);
  });
});

it('works as gangway_app beside options of the URL', async () => {
  const url = changed(({ searchParams }) => searchParams.set('options', '-c application_name=ours'));
  const server = start({ DATABASE_URL: url });
  await untilReady(server);
  const { rows } = await withConnection({ url: database.ownerUrl }, (client) =>
    client.query(
      `SELECT DISTINCT application_name AS name FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
    ),
  );
  expect(rows).toEqual([{ name: 'ours' }]);
});

describe('a database that takes no writes', () => {
  it('is unavailable, not broken, and /readyz says so', async () => {
    const server = start({ DATABASE_URL: database.ownerUrl });
    const url = await untilReady(server);
    expect(await signIn(url)).toBe(200);
    const name = new URL(database.ownerUrl).pathname.slice(1);
    await asOwner(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    // Settings of a database count for new sessions.
    await asOwner(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    await vi.waitFor(async () => expect(await signIn(url)).toBe(503), { timeout: 15_000, interval: 50 });
    const ready = await fetch(`${url}/readyz`);
    expect(ready.status).toBe(503);
    expect(Number(ready.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await ready.json()).toMatchObject({ checks: { database: { state: 'failed' } } });
  });
});
