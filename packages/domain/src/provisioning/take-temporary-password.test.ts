import { createTestDatabase, type TestDatabase } from '@gangway/db/test-database';
import { randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KeyRing } from '../secrets/key-ring.js';
import { SealError } from '../secrets/seal.js';
import { sealTemporaryPassword } from './seal-temporary-password.js';
import { takeTemporaryPassword } from './take-temporary-password.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('one caller gets it, and a server without the key takes it from nobody', async () => {
  const { db } = database;
  const newRing = (): KeyRing => [{ id: 'key', key: randomBytes(32) }];
  const [keys, otherKeys] = [newRing(), newRing()];
  const [partnerId, tenant, userId, operationRunId] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
  const email = 'admin@contoso.example';
  await db.prisma.partner.create({ data: { id: partnerId, name: 'Contoso' } });
  await db.prisma.tenant.create({
    data: { tenant, partnerId, companyName: 'Contoso', email, status: 'active' },
  });
  await db.prisma.user.create({ data: { userId, tenant, firstName: 'A', lastName: 'B', email } });
  const ciphertext = await sealTemporaryPassword(keys, tenant, userId, 'secret');
  const expiresAt = new Date(Date.now() + 60_000);
  await db.prisma.temporaryPassword.create({ data: { userId, operationRunId, ciphertext, expiresAt } });

  const takeWith = (ring: KeyRing) => takeTemporaryPassword({ db, keys: ring }, operationRunId, tenant);
  await expect(takeWith(otherKeys)).rejects.toThrow(SealError);
  const taken = await Promise.all([takeWith(keys), takeWith(keys), takeWith(keys)]);
  expect(taken.filter((password) => password !== null)).toEqual(['secret']);
});
