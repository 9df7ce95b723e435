import { createTestDatabase, type TestDatabase } from '@gangway/db/test-database';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eraseOldRows } from './erase-old-rows.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);

it('erases what is over for long enough, batch by batch, and nothing else', async () => {
  const { prisma } = database.db;
  const partner = await prisma.partner.create({ data: { id: uuidv7(), name: 'Partner' } });
  const key = (created: Date, index: number) => ({
    partnerId: partner.id,
    key: `${created.getTime()}-${index}`,
    requestHash: 'x',
    subjectId: uuidv7(),
    createdAt: created,
  });
  const old = Array.from({ length: 2_300 }, (_none, index) => key(daysAgo(2), index));
  await prisma.idempotencyKey.createMany({ data: [...old, key(new Date(), 0)] });
  const endpoint = await prisma.webhookEndpoint.create({
    data: {
      id: uuidv7(),
      partnerId: partner.id,
      url: 'https://hooks.example',
      events: [],
      secretCiphertext: 'x',
    },
  });
  const delivery = (status: string, created: Date) => ({
    id: uuidv7(),
    endpointId: endpoint.id,
    eventId: uuidv7(),
    event: 'tenant.created',
    payload: {},
    status,
    createdAt: created,
  });
  await prisma.webhookDelivery.createMany({
    data: [
      delivery('delivered', daysAgo(100)),
      delivery('queued', daysAgo(100)),
      delivery('delivered', daysAgo(10)),
    ],
  });

  expect(await eraseOldRows(database)).toBe(2_301);
  expect(await prisma.idempotencyKey.count()).toBe(1);
  expect((await prisma.webhookDelivery.findMany()).map(({ status }) => status).toSorted()).toEqual([
    'delivered',
    'queued',
  ]);
});
