import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withConnection } from './connection/open-connection.js';
import { startEmbeddedPostgres } from './embedded-postgres.js';
import { migrate } from './migrate.js';
import {
  runOnServer,
  TEMPLATE_DATABASE,
  TEST_SERVER_VARIABLE,
  withDatabase,
  type TestServer,
} from './test-database.js';

/** If set, the tests run on the PostgreSQL in this folder instead of ours: `npm run test:postgres` tries other versions. */
const NATIVE_DIR_VARIABLE = 'GANGWAY_TEST_POSTGRES_DIR';

/**
 * vitest's global set-up: one PostgreSQL for the whole run, with a migrated database that every test file copies.
 * It is gone with the run, so it need not survive a power cut.
 */
export default async function startTestPostgres(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'gangway-test-'));
  const postgres = await startEmbeddedPostgres({
    dataDir,
    nativeDir: process.env[NATIVE_DIR_VARIABLE] || undefined,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  const server: TestServer = {
    ownerUrl: withDatabase(postgres.ownerUrl, TEMPLATE_DATABASE),
    url: withDatabase(postgres.url, TEMPLATE_DATABASE),
    copyStrategy: await chooseCopyStrategy(withDatabase(postgres.ownerUrl, 'postgres')),
  };
  await runOnServer(server, `CREATE DATABASE ${TEMPLATE_DATABASE}`);
  await migrate({ url: server.ownerUrl });
  process.env[TEST_SERVER_VARIABLE] = JSON.stringify(server);
  return async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** The quicker strategy for a small template is an option since PostgreSQL 15; before, it was the only one. */
async function chooseCopyStrategy(url: string): Promise<string> {
  const { rows } = await withConnection({ url }, (client) =>
    client.query<{ hasOption: boolean }>(
      `SELECT current_setting('server_version_num')::int >= 150000 AS "hasOption"`,
    ),
  );
  return rows[0]?.hasOption ? 'STRATEGY FILE_COPY' : '';
}
