import { expect, test } from 'vitest';
import { ROUTES } from './routes.js';
import { freshBody, freshId } from './test-fresh.js';
import { openPartnerApi } from './test-open-partner-api.js';

const api = await openPartnerApi({ withoutEngine: true });
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
  const turned = await post({ email: body.email, client_name: body.client_name }, 'once');
  expect([turned.status, turned.text]).toEqual([201, first.text]);
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
  expect(await api.app.db.prisma.tenant.count({ where: { email: 'many@example.com' } })).toBe(1);
});

test('a key whose first attempt died after its commit is answered as if it had not', async () => {
  const body = { client_name: 'Crashed', email: 'crashed@example.com' };
  const first = await post(body, 'crashed');
  // As the process leaves it when it dies between the commit and the answer.
  await api.app.db.prisma.$executeRaw`
    UPDATE idempotency_keys SET status = NULL, headers = NULL, body = NULL, locked_until = now() + interval '1 minute' WHERE key = 'crashed'`;
  expect((await post(body, 'crashed')).body['reason_code']).toBe('idempotency.in_flight');
  await api.app.db.prisma.$executeRaw`UPDATE idempotency_keys SET locked_until = now() WHERE key = 'crashed'`;
  const resumed = await post(body, 'crashed');
  expect([resumed.status, resumed.body['tenant'], resumed.headers.get('idempotent-replayed')]).toEqual([
    201,
    first.body['tenant'],
    null,
  ]);
});

test.each(ROUTES.filter((route) => route.method === 'post').map((route) => [route.name, route] as const))(
  'a second attempt at %s after a crash does nothing twice',
  async (name, route) => {
    const address = `/api${route.path.replace(/\{\w+\}/, await freshId(api, route))}`;
    const body = freshBody(route);
    const options = { headers: { 'idempotency-key': name }, ...(body ? { body } : {}) };
    const first = await api.call('POST', address, options);
    expect(first.status).toBe(route.status);
    const before = await countRows();
    await api.app.db.prisma.$executeRaw`
      UPDATE idempotency_keys SET status = NULL, locked_until = now() WHERE key = ${name}`;
    const second = await api.call('POST', address, options);
    expect([name, second.status]).toEqual([name, route.status]);
    expect(await countRows()).toEqual(before);
  },
);

test.each([
  ['cancel', {}, { held: false, status: 'queued' }],
  ['update', { field: 'contractLine', value: 'enterprise' }, { held: false, status: 'queued' }],
  ['resume', {}, { held: true, status: 'failed' }],
  ['roll-back', { dry_run: false }, { held: true, status: 'failed' }],
])(
  'a crashed %s is answered by how its run stands, also when it has moved on',
  async (verb, body, before) => {
    const run = (await post({ client_name: verb, email: `${verb}@example.com` }, `create-${verb}`)).body;
    const id = String(run['operation_run_id']);
    const { prisma } = api.app.db;
    const change = (data: object) => prisma.operationRun.update({ where: { id }, data });
    await change(before);
    const ask = (key: string) =>
      api.call('POST', `/api/provisioning/operation-runs/${id}/${verb}`, {
        headers: { 'idempotency-key': key },
        body,
      });
    const first = await ask(verb);
    expect(first.status).toBe(202);
    await change({ status: 'succeeded', held: false, finishedAt: new Date() });
    await prisma.$executeRaw`
    UPDATE idempotency_keys SET status = NULL, locked_until = now() WHERE key = ${verb}`;
    const second = await ask(verb);
    expect([second.status, second.body]).toEqual([202, { ...first.body, status: 'succeeded' }]);
    const events = { targetId: id, action: { startsWith: 'operations.' } };
    expect(await prisma.auditEvent.count({ where: events })).toBe(1);
    expect((await ask(`${verb}-anew`)).status).toBe(409);
  },
);

test.each([
  [0, null],
  [24, null],
  [24, '2099-01-01T00:00:00.000Z'],
])(
  'a rotation with %i h of overlap that crashed after its commit leaves a key that ends as the old one would: %s',
  async (overlap, expires_at) => {
    const name = `${overlap} ${expires_at}`;
    const body = { name, permissions: ['tenant:read'], expires_at };
    const old = (await api.call('POST', '/api/provisioning/api-keys', { body })).body;
    const rotate = () =>
      api.call('POST', `/api/provisioning/api-keys/${String(old['id'])}/rotate`, {
        headers: { 'idempotency-key': `rotate-${overlap}-${expires_at}` },
        body: { overlap_hours: overlap },
      });
    const oldEnd = async () =>
      (await api.app.db.prisma.apiKey.findUniqueOrThrow({ where: { id: String(old['id']) } })).expiresAt;
    const first = await rotate();
    const ended = await oldEnd();
    await api.app.db.prisma.$executeRaw`
      UPDATE idempotency_keys SET status = NULL, locked_until = now() WHERE key LIKE 'rotate-%'`;
    const second = await rotate();
    expect([second.status, second.body['id']]).toEqual([201, first.body['id']]);
    expect([first.body['expires_at'], second.body['expires_at']]).toEqual([expires_at, expires_at]);
    expect(await oldEnd()).toEqual(ended);
    const works = async ({ body: { key } }: typeof first) =>
      (await api.call('GET', '/api/provisioning/tenants', { token: String(key) })).status;
    expect([await works(first), await works(second)]).toEqual([401, 200]);
  },
);

/** How many there are of what a POST can make. */
async function countRows(): Promise<Record<string, number>> {
  const tables = ['tenants', 'operation_runs', 'api_keys', 'webhook_endpoints', 'webhook_deliveries'];
  const counts = tables.map(async (table) => {
    const { rows } = await api.app.db.pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
    return [table, rows[0]?.n ?? 0] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

test('after a day a key is free again', async () => {
  const body = { client_name: 'Yesterday', email: 'yesterday@example.com' };
  await post(body, 'day');
  await api.app.db.prisma
    .$executeRaw`UPDATE idempotency_keys SET created_at = now() - interval '25 hours' WHERE key = 'day'`;
  expect((await post({ ...body, email: 'today@example.com' }, 'day')).status).toBe(201);
});
