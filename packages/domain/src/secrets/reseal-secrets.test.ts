import { createTestDatabase, type TestDatabase } from '@gangway/db/test-database';
import { randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { EncryptionKey } from './key-ring.js';
import { resealSecrets } from './reseal-secrets.js';
import { seal, unseal, type Place } from './seal.js';

const newKey = (id: string): EncryptionKey => ({ id, key: randomBytes(32) });
const [current, older, lost] = [newKey('current'), newKey('older'), newKey('lost')];
const partnerId = uuidv7();
const placeOf = (id: string): Place => ({ owner: partnerId, row: id, field: 'secret' });

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.db.prisma.partner.create({ data: { id: partnerId, name: 'Contoso' } });
});
afterAll(() => database.drop());
beforeEach(() => database.db.prisma.webhookEndpoint.deleteMany());

/** Stores webhooks whose secrets, their ids, were sealed with this key. */
async function storeWebhooks(key: EncryptionKey, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => uuidv7());
  const data = await Promise.all(
    ids.map(async (id) => {
      const { ciphertext } = await seal([key], placeOf(id), id);
      return { id, partnerId, url: 'https://contoso.example', events: [], secretCiphertext: ciphertext };
    }),
  );
  await database.db.prisma.webhookEndpoint.createMany({ data });
  return ids;
}
const readWebhook = (id: string) =>
  database.db.prisma.webhookEndpoint.findUniqueOrThrow({ where: { id } }).then((row) => row.secretCiphertext);
const resealAll = (db: Parameters<typeof resealSecrets>[0]['db'] = database.db) =>
  resealSecrets({ db, keys: [current, older] });

test('secrets of older keys open with the first alone afterwards, at their places', async () => {
  const ids = [...(await storeWebhooks(older, 450)), ...(await storeWebhooks(current, 3))];
  const expected = { keyId: 'current', unreadable: [] };
  expect(await resealAll()).toEqual({ ...expected, resealed: { provider_credential: 0, webhook: 450 } });
  for (const id of ids) expect(await unseal([current], placeOf(id), await readWebhook(id))).toBe(id);
  expect(await resealAll()).toEqual({ ...expected, resealed: { provider_credential: 0, webhook: 0 } });
});

test('a secret that signs beside its successor is sealed anew too', async () => {
  const [id = ''] = await storeWebhooks(older, 1);
  const { ciphertext } = await seal([older], placeOf(id), 'before');
  const data = {
    previousSecretCiphertext: ciphertext,
    previousSecretExpiresAt: new Date(Date.now() + 168 * 3_600_000),
  };
  await database.db.prisma.webhookEndpoint.update({ where: { id }, data });
  expect(await resealAll()).toMatchObject({ resealed: { webhook: 2 } });
  const found = await database.db.prisma.webhookEndpoint.findUniqueOrThrow({ where: { id } });
  expect(await unseal([current], placeOf(id), found.previousSecretCiphertext ?? '')).toBe('before');
});

test('the credentials of connections say by which key they are sealed', async () => {
  const { prisma } = database.db;
  const [tenant, workspaceId, managedTenantId, id] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
  const by = { createdBy: uuidv7(), cloud: 'public' };
  await prisma.tenant.create({
    data: { tenant, partnerId, companyName: 'Acme', email: 'owner@acme.example', status: 'active' },
  });
  await prisma.workspace.create({ data: { id: workspaceId, tenant, name: 'Acme', slug: 'acme' } });
  await prisma.managedTenant.create({
    data: { id: managedTenantId, workspaceId, entraTenantId: uuidv7(), name: 'Contoso', ...by },
  });
  const connection = { managedTenantId, displayName: 'Main', clientId: uuidv7(), ...by };
  await prisma.providerConnection.create({
    data: { id, workspaceId, ...connection, updatedBy: 'owner@acme.example' },
  });
  const place = { owner: workspaceId, row: id, field: 'credential' };
  const sealed = await seal([older], place, 'words');
  const row = { kind: 'client_secret', hint: 'Short secret', addedBy: 'owner@acme.example' };
  await prisma.providerCredential.create({
    data: { providerConnectionId: id, workspaceId, ...sealed, ...row },
  });
  expect(await resealAll()).toMatchObject({ resealed: { provider_credential: 1, webhook: 0 } });
  const found = await prisma.providerCredential.findUniqueOrThrow({ where: { providerConnectionId: id } });
  expect(found).toMatchObject({ keyId: 'current', ...row });
  expect(await unseal([current], place, found.ciphertext)).toBe('words');
});

test('what no key opens is named and left as it is, and the rest goes on', async () => {
  const [unreadable] = await storeWebhooks(lost, 1);
  await storeWebhooks(older, 2);
  const before = await readWebhook(String(unreadable));
  expect(await resealAll()).toEqual({
    ...{ keyId: 'current', resealed: { provider_credential: 0, webhook: 2 } },
    unreadable: [{ kind: 'webhook', id: unreadable }],
  });
  expect(await readWebhook(String(unreadable))).toBe(before);
});

test('a secret that a server changes meanwhile stays as the server wrote it', async () => {
  const [id = ''] = await storeWebhooks(older, 1);
  const { ciphertext } = await seal([current], placeOf(id), 'newer');
  const { pool } = database.db;
  const query = pool.query.bind(pool) as (text: string, values: unknown[]) => Promise<{ rowCount: number }>;
  const racing = {
    query: async (text: string, values: unknown[]) => {
      if (text.startsWith('UPDATE webhook_endpoints'))
        await query('UPDATE webhook_endpoints SET secret_ciphertext = $1', [ciphertext]);
      return query(text, values);
    },
  };
  const db = { ...database.db, pool: racing as unknown as typeof pool };
  expect(await resealAll(db)).toMatchObject({ resealed: { webhook: 0 }, unreadable: [] });
  expect(await readWebhook(id)).toBe(ciphertext);
});
