import { createTestDatabase, type TestDatabase } from '@gangway/db/test-database';
import { randomBytes, randomUUID } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findMissingKey } from './find-missing-key.js';
import type { EncryptionKey } from './key-ring.js';
import { seal } from './seal.js';

const newKey = (id: string): EncryptionKey => ({ id, key: randomBytes(32) });
const [current, older] = [newKey('current'), newKey('older')];
const partnerId = uuidv7();
const [tenant, userId] = [uuidv7(), uuidv7()];

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const { prisma } = database.db;
  await prisma.partner.create({ data: { id: partnerId, name: 'Contoso' } });
  const mail = { email: 'admin@contoso.example' };
  await prisma.tenant.create({
    data: { tenant, partnerId, companyName: 'Contoso', ...mail, status: 'active' },
  });
  await prisma.user.create({ data: { userId, tenant, firstName: 'A', lastName: 'B', ...mail } });
});
afterAll(() => database.drop());
beforeEach(async () => {
  const { webhookEndpoint, mailMessage, temporaryPassword, idempotencyKey } = database.db.prisma;
  await webhookEndpoint.deleteMany();
  await mailMessage.deleteMany();
  await temporaryPassword.deleteMany();
  await idempotencyKey.deleteMany();
});

/** Stores something sealed, of each kind, that was made so many milliseconds ago. */
const STORE: Record<string, (sealed: string, age: number) => Promise<unknown>> = {
  'the secret of a webhook': (secretCiphertext) =>
    database.db.prisma.webhookEndpoint.create({
      data: { id: uuidv7(), partnerId, url: 'https://contoso.example', events: [], secretCiphertext },
    }),
  'the old secret of a webhook': (previousSecretCiphertext, age) => {
    const webhook = { partnerId, url: 'https://contoso.example', events: [], secretCiphertext: 'x' };
    const previousSecretExpiresAt = new Date(Date.now() + 60_000 - age);
    return database.db.prisma.webhookEndpoint.create({
      data: { id: uuidv7(), ...webhook, previousSecretCiphertext, previousSecretExpiresAt },
    });
  },
  'a mail': (bodyCiphertext) => {
    const words = { recipient: 'a@b.example', sender: 'c@d.example', subject: 'x' };
    const mail = { id: uuidv7(), messageId: randomUUID(), ...words, bodyCiphertext };
    return database.db.prisma.mailMessage.create({ data: mail });
  },
  'a temporary password': (ciphertext, age) => {
    const expiresAt = new Date(Date.now() + 60_000 - age);
    const kept = { operationRunId: uuidv7(), ciphertext, expiresAt };
    return database.db.prisma.temporaryPassword.upsert({
      where: { userId },
      create: { userId, ...kept },
      update: kept,
    });
  },
  'a kept answer': (sealed, age) =>
    database.db.prisma.idempotencyKey.create({
      data: {
        ...{ partnerId, key: randomUUID(), requestHash: 'x', subjectId: uuidv7(), body: { sealed } },
        createdAt: new Date(Date.now() - age),
      },
    }),
};
const find = (...keys: [EncryptionKey, ...EncryptionKey[]]) => findMissingKey({ db: database.db, keys });

test.each(Object.entries(STORE))('names the key that %s was sealed with', async (_kind, store) => {
  const place = { owner: 'somebody', row: 'somewhere', field: 'something' };
  const sealWith = async (key: EncryptionKey) => (await seal([key], place, 'secret')).ciphertext;
  expect(await find(current)).toBeNull();
  await store(await sealWith(older), 1_000);
  expect([await find(current), await find(newKey('older'))]).toEqual(['older', 'older']);
  expect(await find(current, older)).toBeNull();
  await store(await sealWith(current), 0);
  expect(await find(current)).toBeNull();
});
