import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROUTES } from './routes.js';
import { startTestPartnerApi, type PartnerAnswer, type TestPartnerApi } from './test-partner-api.js';

let api: TestPartnerApi;
/** One resource of Demo Partner of every kind. */
const own: Record<string, string> = {};
let otherToken = '';
let readerToken = '';

beforeAll(async () => {
  api = await startTestPartnerApi();
  otherToken = await api.tokenOf('other-partner');
  readerToken = await api.tokenOf('demo-integration');
  const created = await api.call('POST', '/api/provisioning/tenants', {
    body: { client_name: 'Own', email: 'own@example.com' },
  });
  own['tenant'] = String(created.body['tenant']);
  own['operationRun'] = String(created.body['operation_run_id']);
  await api.finished(own['operationRun']);
  const key = await api.call('POST', '/api/provisioning/api-keys', {
    body: { name: 'own', permissions: ['tenant:read'] },
  });
  own['apiKey'] = String(key.body['id']);
  const webhook = await api.call('POST', '/api/provisioning/webhooks', {
    body: { url: 'https://93.184.215.14/', events: ['tenant.created'] },
  });
  own['webhook'] = String(webhook.body['id']);
  const delivery = await api.call('POST', `/api/provisioning/webhooks/${own['webhook']}/test`);
  own['webhookDelivery'] = String(delivery.body['id']);
  // Nobody's: every partner has its own words for each.
  own['mailTemplate'] = 'welcome_setup_link';
});
afterAll(async () => {
  expect(api.unexpected).toEqual([]);
  await api.close();
});

const addressOf = (path: string, id: string) => `/api${path.replace(/\{\w+\}/, id)}`;
const idFor = (kind: string | undefined) => (kind === undefined ? '' : (own[kind] ?? ''));
/** Not skipped where it does not apply: there is nothing to test then. */
const testIf = (applies: boolean): ((name: string, run: () => Promise<void>) => void) =>
  applies ? test : () => undefined;
/** What may differ between two answers to strangers: nothing but these. */
const comparable = ({ status, headers, text }: PartnerAnswer) => ({
  status,
  headers: [...headers].filter(([name]) => name !== 'date'),
  text: text.replace(/request-\d+/g, 'request-id'),
});

describe.each(ROUTES.map((route) => [route.name, route] as const))('%s', (_name, route) => {
  const method = route.method.toUpperCase();
  const hasBody = route.method !== 'get';
  const options = hasBody ? { body: { nonsense: true } } : {};

  test.each([
    ['without a credential', null],
    ['with a made up key', 'gwk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['with something that is no token', 'not-a-token'],
  ])('401 %s, whatever it names and says', async (_case, token) => {
    const answer = await api.call(method, addressOf(route.path, randomUUID()), { ...options, token });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ reason_code: 'auth.required', status: 401 });
  });

  testIf(route.permission !== 'tenant:read')(
    '403 without the permission, even with a bad body, and it is recorded',
    async () => {
      const answer = await api.call(method, addressOf(route.path, idFor(route.names?.kind)), {
        ...options,
        token: readerToken,
      });
      expect([answer.status, answer.body['reason_code']]).toEqual([403, 'partner.permission_missing']);
      const denied = await api.house.db.prisma.auditEvent.findFirst({
        where: { action: route.name, outcome: 'denied', actorId: 'demo-integration' },
      });
      expect(denied).not.toBeNull();
    },
  );

  testIf(route.names !== undefined)(
    "404, byte for byte the same for another partner's id, a random one and no id at all",
    async () => {
      const answers = await Promise.all(
        [
          route.names?.kind === 'mailTemplate' ? 'unknown' : idFor(route.names?.kind),
          randomUUID(),
          'no-id',
        ].map((id) => api.call(method, addressOf(route.path, id), { ...options, token: otherToken })),
      );
      const [foreign, random, none] = answers.map(comparable);
      expect(foreign?.status).toBe(404);
      expect(foreign).toEqual(random);
      expect(foreign).toEqual(none);
      const denied = await api.house.db.prisma.auditEvent.count({
        where: {
          action: route.name,
          outcome: 'denied',
          reasonCode: 'resource.not_found',
          actorId: 'other-partner',
        },
      });
      expect(denied).toBe(3);
    },
  );

  test('400 for a key that it does not know, with the field named', async () => {
    const path = addressOf(route.path, idFor(route.names?.kind));
    const answer = hasBody
      ? await api.call(method, path, options)
      : await api.call(method, `${path}?nonsense=1`);
    expect([answer.status, answer.body['reason_code']]).toEqual([400, 'validation.failed']);
    expect(answer.body['errors']).not.toEqual([]);
  });

  testIf(hasBody)(
    '400 for JSON that cannot be read, 415 for another type, 413 above a megabyte: before anything else',
    async () => {
      const path = addressOf(route.path, randomUUID());
      const broken = await api.call(method, path, { body: '{"client_name":', token: null });
      expect([broken.status, broken.body['reason_code']]).toEqual([400, 'request.unparsable']);
      const form = await api.call(method, path, {
        body: 'a=b',
        headers: { 'content-type': 'text/plain' },
        token: null,
      });
      expect([form.status, form.body['reason_code']]).toEqual([415, 'request.unsupported_media_type']);
      const large = await api.call(method, path, {
        body: JSON.stringify({ client_name: 'x'.repeat(1_100_000) }),
        token: null,
      });
      expect([large.status, large.body['reason_code']]).toEqual([413, 'request.too_large']);
    },
  );

  test('405 for a method that it does not have, with those it has', async () => {
    const answer = await api.call('OPTIONS', addressOf(route.path, randomUUID()), { token: null });
    expect([answer.status, answer.body['reason_code']]).toEqual([405, 'request.method_not_allowed']);
    expect(answer.headers.get('allow')?.split(', ')).toContain(method);
  });
});

test('reads what was created, and lists it page by page', async () => {
  for (const name of ['Ash', 'Birch', 'Cedar']) {
    await api.call('POST', '/api/provisioning/tenants', {
      body: { client_name: name, email: `${name}@trees.example` },
    });
  }
  const first = await api.call('GET', '/api/provisioning/tenants?limit=2&q=trees.example');
  const names = (answer: PartnerAnswer) =>
    (answer.body['items'] as { client_name: string }[]).map((item) => item.client_name);
  expect(names(first)).toEqual(['Cedar', 'Birch']);
  const second = await api.call(
    'GET',
    `/api/provisioning/tenants?limit=2&q=trees.example&cursor=${String(first.body['next_cursor'])}`,
  );
  expect([names(second), second.body['next_cursor']]).toEqual([['Ash'], null]);
  expect((await api.call('GET', '/api/provisioning/tenants?limit=101')).status).toBe(400);
  expect((await api.call('GET', '/api/provisioning/tenants', { token: otherToken })).body['items']).toEqual(
    [],
  );
});

test('changes, suspends and reactivates', async () => {
  const path = `/api/provisioning/tenants/${own['tenant'] ?? ''}`;
  const patched = await api.call('PATCH', path, { body: { industry: 'Health' } });
  expect([patched.status, patched.body['industry'], patched.body['client_name']]).toEqual([
    200,
    'Health',
    'Own',
  ]);
  const put = await api.call('PUT', path, { body: { client_name: 'Own Ltd' } });
  expect([put.status, put.body['industry'], put.body['client_name']]).toEqual([200, null, 'Own Ltd']);
  const suspended = await api.call('POST', `${path}/suspend`);
  expect([suspended.status, suspended.body['status']]).toEqual([200, 'suspended']);
  expect(
    await api.house.db.prisma.workspace.findFirst({
      where: { tenant: own['tenant'] ?? '', suspendedAt: { not: null } },
    }),
  ).not.toBeNull();
  const active = await api.call('POST', `${path}/reactivate`);
  expect([active.status, active.body['status']]).toEqual([200, 'active']);
  const configuration = {
    contract_line: 'enterprise',
    email_provider: 'ses',
    fallback_enabled: false,
    tracking_enabled: true,
  };
  expect((await api.call('PUT', `${path}/configuration`, { body: configuration })).body).toEqual(
    configuration,
  );
  expect((await api.call('GET', `${path}/configuration`)).body).toEqual(configuration);
});

test('a run that has ended cannot be steered: 409', async () => {
  const path = `/api/provisioning/operation-runs/${own['operationRun'] ?? ''}`;
  const answers = [
    await api.call('POST', `${path}/cancel`),
    await api.call('POST', `${path}/update`, { body: { field: 'contractLine', value: 'enterprise' } }),
    await api.call('POST', `${path}/resume`),
    await api.call('POST', `${path}/roll-back`, { body: { dry_run: false } }),
  ];
  expect(answers.map((answer) => answer.status)).toEqual([409, 409, 409, 409]);
});

test('deletes a tenant with everything in it, once', async () => {
  const created = await api.call('POST', '/api/provisioning/tenants', {
    body: { client_name: 'Gone', email: 'gone@example.com', company_name: 'Gone Ltd' },
  });
  const tenant = String(created.body['tenant']);
  await api.finished(String(created.body['operation_run_id']));
  const [first, second] = await Promise.all(
    [1, 2].map(() => api.call('DELETE', `/api/provisioning/tenants/${tenant}`)),
  );
  expect([first?.status, second?.status]).toContain(202);
  const [deleted] = [first, second].filter((answer) => answer?.status === 202);
  expect(deleted?.headers.get('location')).toBe(
    `/api/provisioning/operation-runs/${String(deleted?.body['operation_run_id'])}`,
  );
  const run = await api.finished(String(deleted?.body['operation_run_id']));
  expect(run.body).toMatchObject({
    status: 'succeeded',
    type: 'tenant.delete',
    result: { tenant_id: tenant, success: true },
  });
  expect((await api.call('GET', `/api/provisioning/tenants/${tenant}`)).status).toBe(404);
  const { prisma } = api.house.db;
  const left = await Promise.all([
    prisma.user.count({ where: { tenant } }),
    prisma.company.count({ where: { tenant } }),
    prisma.workspace.count({ where: { tenant } }),
  ]);
  expect(left).toEqual([0, 0, 0]);
  expect(
    (
      await api.call('POST', '/api/provisioning/tenants', {
        body: { client_name: 'Again', email: 'gone@example.com' },
      })
    ).status,
  ).toBe(201);
});

test('a key holds no more than its creator, is shown once, works, rotates with overlap and ends when revoked', async () => {
  const base = '/api/provisioning/api-keys';
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
