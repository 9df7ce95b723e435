import { createTestDatabase, type TestDatabase } from '@gangway/db/test-database';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { erasures, eraseOldRows } from './erase-old-rows.js';

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

  expect(await eraseOldRows(database, { keepsMails: false })).toBe(2_301);
  expect(await prisma.idempotencyKey.count()).toBe(1);
  expect((await prisma.webhookDelivery.findMany()).map(({ status }) => status).toSorted()).toEqual([
    'delivered',
    'queued',
  ]);
});

/** A UUIDv7 of then. */
const idOf = (then: Date) =>
  then.getTime().toString(16).padStart(12, '0') + uuidv7().replaceAll('-', '').slice(12);

it('erases what mails say after 72 hours, unless they wait or the demo shows them, and mails after 90 days', async () => {
  const { prisma } = database.db;
  const mail = (name: string, status: string, hours: number) => {
    const createdAt = new Date(Date.now() - hours * 3_600_000);
    const text = { recipient: name, sender: 'b@b.example', subject: name, bodyCiphertext: 'x', template: {} };
    return { id: idOf(createdAt), messageId: name, ...text, status, createdAt };
  };
  await prisma.mailMessage.createMany({
    data: [
      mail('kept', 'failed', 71),
      mail('failed', 'failed', 73),
      mail('recorded', 'sent', 73),
      mail('queued', 'queued', 73),
      mail('over', 'sent', 91 * 24),
      mail('waiting', 'queued', 91 * 24),
    ],
  });
  const kept = async () =>
    (await prisma.mailMessage.findMany({ orderBy: { id: 'desc' } })).map((row) => [
      row.recipient,
      row.bodyCiphertext !== null && row.template !== null,
    ]);
  const bodies = (erased: boolean) => [
    ['kept', true],
    ...['failed', 'recorded'].map((name) => [name, !erased]),
    ...['queued', 'waiting'].map((name) => [name, true]),
  ];
  expect(await eraseOldRows(database, { keepsMails: true })).toBe(1);
  expect((await kept()).toSorted()).toEqual(bodies(false).toSorted());
  expect(await eraseOldRows(database, { keepsMails: false })).toBe(2);
  expect((await kept()).toSorted()).toEqual(bodies(true).toSorted());
  expect(await eraseOldRows(database, { keepsMails: false })).toBe(0);
});

it('erases the old secret of a webhook when it signs no more, and nothing else of it', async () => {
  const { prisma } = database.db;
  const { partnerId } = await prisma.webhookEndpoint.findFirstOrThrow();
  const rotated = async (previousSecretExpiresAt: Date | null) => {
    const previous = { previousSecretCiphertext: previousSecretExpiresAt && 'old', previousSecretExpiresAt };
    const webhook = { partnerId, url: 'https://hooks.example', events: [], secretCiphertext: 'new' };
    return prisma.webhookEndpoint.create({ data: { id: uuidv7(), ...webhook, ...previous } });
  };
  const [over, signing, never] = [await rotated(daysAgo(0)), await rotated(daysAgo(-1)), await rotated(null)];
  expect(await eraseOldRows(database, { keepsMails: true })).toBe(1);
  const ids = [over, signing, never].map(({ id }) => id);
  expect(
    await prisma.webhookEndpoint.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } }),
  ).toEqual([{ ...over, previousSecretCiphertext: null, previousSecretExpiresAt: null }, signing, never]);
});

it.each(erasures({ keepsMails: false }))('reads no row that is younger: %s', async (erasure) => {
  const plan = await database.db.inTransaction(async (tx) => {
    // These tables are so small that they are read soonest as a whole.
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
    return JSON.stringify(await tx.$queryRawUnsafe(`EXPLAIN ${erasure}`));
  });
  expect(plan).toMatch(/Index Cond: \((id|created_at|finished_at|hour|previous_secret_expires_at) <=? /);
});
