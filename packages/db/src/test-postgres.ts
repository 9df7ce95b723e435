import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from './embedded-postgres.js';
import { migrate } from './migrate.js';
import {
  runOnServer,
  TEMPLATE_DATABASE,
  TEST_SERVER_VARIABLE,
  withDatabase,
  type TestServer,
} from './test-database.js';

/**
 * vitest's global set-up: one PostgreSQL for the whole run, with a migrated database that every test file copies.
 * It is gone with the run, so it need not survive a power cut.
 */
export default async function startTestPostgres(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'gangway-test-'));
  const postgres = await startEmbeddedPostgres({
    dataDir,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  const server: TestServer = {
    ownerUrl: withDatabase(postgres.ownerUrl, TEMPLATE_DATABASE),
    url: withDatabase(postgres.url, TEMPLATE_DATABASE),
  };
  await runOnServer(server, `CREATE DATABASE ${TEMPLATE_DATABASE}`);
  await migrate({ url: server.ownerUrl });
  process.env[TEST_SERVER_VARIABLE] = JSON.stringify(server);
  return async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
