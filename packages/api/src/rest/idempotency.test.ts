import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestPartnerApi, type TestPartnerApi } from './test-partner-api.js';

let api: TestPartnerApi;
beforeAll(async () => {
  api = await startTestPartnerApi({ withoutEngine: true });
});
afterAll(async () => {
  expect(api.unexpected).toEqual([]);
  await api.close();
});

const post = (body: unknown, key: string, token?: string) =>
  api.call('POST', '/api/provisioning/tenants', {
    body,
    headers: { 'idempotency-key': key },
    ...(token ? { token } : {}),
  });

test('the same key and body get the same answer, another body is refused', async () => {
  const body = { client_name: 'Once', email: 'once@example.com' };
  const first = await post(body, 'once');
  const second = await post(body, 'once');
  expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([201, null]);
  expect([second.status, second.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
  expect([second.text, second.headers.get('location')]).toEqual([first.text, first.headers.get('location')]);
  const other = await post({ ...body, client_name: 'Twice' }, 'once');
  expect([other.status, other.body['reason_code']]).toEqual([422, 'idempotency.mismatch']);
});

test('a key belongs to its partner, and takes nothing up for a body that makes no sense', async () => {
  const body = { client_name: 'Shared', email: 'shared@example.com' };
  expect((await post({ client_name: 'Shared' }, 'shared')).status).toBe(400);
  expect((await post(body, 'shared')).status).toBe(201);
  const other = await post(
    { ...body, email: 'other-shared@example.com' },
    'shared',
    await api.tokenOf('other-partner'),
  );
  expect([other.status, other.headers.get('idempotent-replayed')]).toEqual([201, null]);
  expect((await post(body, 'x'.repeat(256))).status).toBe(400);
});

test('fifty at once with one key are one tenant', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => post({ client_name: 'Many', email: 'many@example.com' }, 'many')),
  );
  const statuses = new Set(answers.map((answer) => answer.status));
  expect([...statuses].every((status) => status === 201 || status === 409)).toBe(true);
  for (const answer of answers.filter(({ status }) => status === 409)) {
    expect(answer.body['reason_code']).toBe('idempotency.in_flight');
    expect(answer.headers.get('retry-after')).toBe('1');
  }
  expect(
    new Set(answers.filter(({ status }) => status === 201).map((answer) => answer.body['tenant'])).size,
  ).toBe(1);
  expect(await api.house.db.prisma.tenant.count({ where: { email: 'many@example.com' } })).toBe(1);
});

test('a key whose first attempt died after its commit is answered as if it had not', async () => {
  const body = { client_name: 'Crashed', email: 'crashed@example.com' };
  const first = await post(body, 'crashed');
  // As the process leaves it when it dies between the commit and the answer.
  await api.house.db.prisma.$executeRaw`
    UPDATE idempotency_keys SET status = NULL, headers = NULL, body = NULL, locked_until = now() + interval '1 minute' WHERE key = 'crashed'`;
  expect((await post(body, 'crashed')).body['reason_code']).toBe('idempotency.in_flight');
  await api.house.db.prisma
    .$executeRaw`UPDATE idempotency_keys SET locked_until = now() WHERE key = 'crashed'`;
  const resumed = await post(body, 'crashed');
  expect([resumed.status, resumed.body['tenant'], resumed.headers.get('idempotent-replayed')]).toEqual([
    201,
    first.body['tenant'],
    null,
  ]);
});

test('after a day a key is free again', async () => {
  const body = { client_name: 'Yesterday', email: 'yesterday@example.com' };
  await post(body, 'day');
  await api.house.db.prisma
    .$executeRaw`UPDATE idempotency_keys SET created_at = now() - interval '25 hours' WHERE key = 'day'`;
  expect((await post({ ...body, email: 'today@example.com' }, 'day')).status).toBe(201);
});
