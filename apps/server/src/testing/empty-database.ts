import { randomBytes } from 'node:crypto';
import { readTestServer, runOnServer, withDatabase } from '@gangway/db/test-database';

/** A database of the tests' PostgreSQL without a single table: for what migrates it itself. */
export async function createEmptyDatabase(): Promise<{ ownerUrl: string; drop: () => Promise<void> }> {
  const server = readTestServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await runOnServer(server, `CREATE DATABASE ${name}`);
  return {
    ownerUrl: withDatabase(server.ownerUrl, name),
    drop: () => runOnServer(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}
