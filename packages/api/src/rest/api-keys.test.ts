import { beforeAll, describe, expect, test } from 'vitest';
import { openPartnerApi } from './test-open-partner-api.js';

const api = await openPartnerApi({ withoutEngine: true });
const base = '/api/provisioning/api-keys';

const create = (permissions: readonly string[], token?: string) =>
  api.call('POST', base, { body: { name: permissions.join(' '), permissions }, ...(token ? { token } : {}) });
const keyWith = async (...permissions: string[]) => {
  const { body } = await create(permissions);
  return { id: String(body['id']), key: String(body['key']) };
};

test('a key holds no more than its creator, is shown once, works, rotates with overlap and ends when revoked', async () => {
  const made = await api.call('POST', base, {
    body: { name: 'CRM', permissions: ['tenant:read', 'api-key:manage'] },
  });
  expect(made.status).toBe(201);
  const key = String(made.body['key']);
  expect(key).toMatch(/^gwk_[\w-]{43}$/);
  const id = String(made.body['id']);
  expect((await api.call('GET', `${base}/${id}`)).text).not.toContain(key);
  expect((await api.call('GET', '/api/provisioning/tenants', { token: key })).status).toBe(200);
  const more = await api.call('POST', base, {
    token: key,
    body: { name: 'more', permissions: ['tenant:delete'] },
  });
  expect(more.status).toBe(403);
  const rotated = await api.call('POST', `${base}/${id}/rotate`, { body: { overlap_hours: 1 } });
  expect((await api.call('GET', '/api/provisioning/tenants', { token: key })).status).toBe(200);
  expect(
    (await api.call('GET', '/api/provisioning/tenants', { token: String(rotated.body['key']) })).status,
  ).toBe(200);
  expect((await api.call('DELETE', `${base}/${id}`)).status).toBe(204);
  expect((await api.call('GET', '/api/provisioning/tenants', { token: key })).status).toBe(401);
  expect((await api.call('GET', `${base}/${id}`)).status).toBe(404);
  const past = await api.call('POST', base, {
    body: { name: 'late', permissions: ['tenant:read'], expires_at: '2020-01-01T00:00:00Z' },
  });
  expect([past.status, past.body['errors']]).toEqual([
    400,
    [{ field: 'expires_at', message: 'Must be in the future' }],
  ]);
});

describe('a credential that only manages keys', () => {
  let weak = '';
  let strong: { id: string; key: string };
  beforeAll(async () => {
    weak = (await keyWith('api-key:manage')).key;
  });
  const denied = [403, 'partner.permission_missing'];
  const call = async (method: string, path: string, body?: unknown) => {
    strong = await keyWith('tenant:read', 'tenant:delete');
    return api.call(method, `${base}/${strong.id}${path}`, {
      token: weak,
      ...(body === undefined ? {} : { body }),
    });
  };

  test('creates no key that holds more', async () => {
    const answer = await create(['tenant:read'], weak);
    expect([answer.status, answer.body['reason_code']]).toEqual(denied);
    expect((await create(['api-key:manage'], weak)).status).toBe(201);
  });

  test('renames no key that holds more', async () => {
    const answer = await call('PATCH', '', { name: 'mine' });
    expect([answer.status, answer.body['reason_code']]).toEqual(denied);
    expect((await api.call('GET', `${base}/${strong.id}`)).body['name']).toBe('tenant:read tenant:delete');
    const own = await keyWith('api-key:manage');
    const renamed = await api.call('PATCH', `${base}/${own.id}`, { token: weak, body: { name: 'mine' } });
    expect([renamed.status, renamed.body['name']]).toEqual([200, 'mine']);
  });

  test.each([
    ['PATCH', '', { name: 'mine' }, 'apiKeys.update'],
    ['POST', '/rotate', {}, 'apiKeys.rotate'],
  ])(
    'is told no by %s%s, and on record, however often it asks at once',
    async (method, path, body, action) => {
      const { id } = await keyWith('tenant:delete');
      const { pool, prisma } = api.app.db;
      const asked = 3 * (pool.options.max ?? 10);
      const ask = () => api.call(method, `${base}/${id}${path}`, { token: weak, body });
      const statuses = (await Promise.all(Array.from({ length: asked }, ask))).map(({ status }) => status);
      expect(statuses).toEqual(Array.from({ length: asked }, () => 403));
      expect(await prisma.auditEvent.count({ where: { action, outcome: 'denied', targetId: id } })).toBe(
        asked,
      );
    },
  );

  test('rotates no key that holds more, and is on record', async () => {
    const answer = await call('POST', '/rotate');
    expect([answer.status, answer.body['reason_code'], answer.body['key']]).toEqual([...denied, undefined]);
    expect((await api.call('GET', `${base}/${strong.id}`)).body['expires_at']).toBeNull();
    const events = await api.call('GET', '/api/provisioning/audit-events?outcome=denied');
    expect((events.body['items'] as unknown[])[0]).toMatchObject({
      action: 'apiKeys.rotate',
      target_id: strong.id,
    });
  });

  test('may revoke one that holds more: the brake is for everybody', async () => {
    expect((await call('DELETE', '')).status).toBe(204);
    const answer = await api.call('GET', '/api/provisioning/tenants', { token: strong.key });
    expect(answer.status).toBe(401);
  });

  test.each([
    ['rotated', (id: string) => `${base}/${id}/rotate`, {}],
    ['created', () => base, { name: 'strong', permissions: ['tenant:delete'] }],
  ])('is not told a key that somebody else %s, by repeating the request', async (how, pathTo, body) => {
    const { id } = await keyWith('tenant:delete');
    const ask = (token?: string) =>
      api.call('POST', pathTo(id), {
        headers: { 'idempotency-key': how },
        body,
        ...(token ? { token } : {}),
      });
    const first = await ask();
    expect(first.status).toBe(201);
    const stolen = await ask(weak);
    expect([stolen.status, stolen.body['reason_code'], stolen.body['key']]).toEqual([
      422,
      'idempotency.mismatch',
      undefined,
    ]);
    expect((await ask()).text).toBe(first.text);
  });
});

test('the secret of a webhook is repeated to nobody but who registered it', async () => {
  const token = (await keyWith('webhook:manage')).key;
  const ask = (options: { token?: string }) =>
    api.call('POST', '/api/provisioning/webhooks', {
      headers: { 'idempotency-key': 'hook' },
      body: { url: 'https://93.184.215.14/', events: ['tenant.created'] },
      ...options,
    });
  const first = await ask({});
  expect([first.status, (await ask({})).text]).toEqual([201, first.text]);
  expect((await ask({ token })).status).toBe(422);
});

test('a key that has expired is not rotated', async () => {
  const { id } = await keyWith('tenant:read');
  await api.app.db.prisma.apiKey.update({ where: { id }, data: { expiresAt: new Date(0) } });
  const answer = await api.call('POST', `${base}/${id}/rotate`);
  expect([answer.status, answer.body['reason_code']]).toEqual([409, 'api_key.expired']);
});

test('a key that ends makes none that outlives it, nor does one that was rotated', async () => {
  const soon = new Date(Date.now() + 3_600_000).toISOString();
  const permissions = ['api-key:manage', 'tenant:read'];
  const make = (expires_at: string | null, token?: string) =>
    api.call('POST', base, { body: { name: 'ends', permissions, expires_at }, ...(token ? { token } : {}) });
  const ending = await make(soon);
  const token = String(ending.body['key']);
  for (const later of [null, new Date(Date.now() + 7_200_000).toISOString()]) {
    const refused = await make(later, token);
    expect([refused.status, refused.body['errors']]).toEqual([
      400,
      [{ field: 'expires_at', message: expect.stringContaining(soon) as unknown }],
    ]);
  }
  expect((await make(soon, token)).status).toBe(201);
  const endless = await make(null);
  await api.call('POST', `${base}/${String(endless.body['id'])}/rotate`, { body: { overlap_hours: 1 } });
  expect((await make(null, String(endless.body['key']))).status).toBe(400);
});
