import { randomBytes } from 'node:crypto';
import { createTestDatabase } from '@gangway/db/test-database';
import { createMailTransport } from '@gangway/domain/mail/create-transport';
import { outboxTransport } from '@gangway/domain/mail/transports/outbox';
import type { KeyRing } from '@gangway/domain/secrets/key-ring';
import { expect, test } from 'vitest';
import { checkHealth } from './check-health.js';

test('health is tried, not assumed: each part that does not work is named', async () => {
  const database = await createTestDatabase();
  const keysOf = (bytes: number): KeyRing => [{ id: 'test', key: randomBytes(bytes) }];
  const app = { db: database.db, keys: keysOf(32), mail: outboxTransport };
  const fine = { status: 'healthy', database: 'ok', mail: 'ok', keys: 'ok' };
  expect(await checkHealth(app)).toEqual(fine);

  const unhealthy = { ...fine, status: 'unhealthy' };
  // Nobody listens on port 1.
  const mail = createMailTransport('smtp://127.0.0.1:1', {});
  expect(await checkHealth({ ...app, mail })).toEqual({ ...unhealthy, mail: 'failing' });
  expect(await checkHealth({ ...app, keys: keysOf(8) })).toEqual({ ...unhealthy, keys: 'failing' });
  await database.drop();
  expect(await checkHealth(app)).toEqual({ ...unhealthy, database: 'failing' });
  mail.close();
});
