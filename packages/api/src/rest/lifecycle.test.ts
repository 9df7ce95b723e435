import { beforeAll, expect, test } from 'vitest';
import { openPartnerApi } from './test-open-partner-api.js';
import type { PartnerAnswer } from './test-partner-api.js';

const api = await openPartnerApi();
let otherToken = '';
/** A tenant of Demo Partner that is there, and the run that made it. */
let tenant = '';
let runId = '';

beforeAll(async () => {
  otherToken = await api.tokenOf('other-partner');
  const created = await api.call('POST', '/api/provisioning/tenants', {
    body: { client_name: 'Own', email: 'own@example.com' },
  });
  tenant = String(created.body['tenant']);
  runId = String(created.body['operation_run_id']);
  await api.finished(runId);
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
  const path = `/api/provisioning/tenants/${tenant}`;
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
    await api.app.db.prisma.workspace.findFirst({
      where: { tenant, suspendedAt: { not: null } },
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

test('what changes nothing is announced to nobody, and leaves no trace on the tenant', async () => {
  const path = `/api/provisioning/tenants/${tenant}`;
  const hook = await api.call('POST', '/api/provisioning/webhooks', {
    body: { url: 'https://93.184.215.14/same', events: ['tenant.updated'] },
  });
  const announced = () => api.app.db.prisma.webhookDelivery.count({ where: { event: 'tenant.updated' } });
  const same = async (method: string, address: string, body?: object) => {
    const answer = await api.call(method, address, body ? { body } : {});
    expect([answer.status, await announced()]).toEqual([200, count]);
    expect((await api.call('GET', path)).body).toEqual(read);
  };
  let count = 0;
  let read = (await api.call('GET', path)).body;
  const configuration = (await api.call('GET', `${path}/configuration`)).body;
  await same('PATCH', path, {});
  await same('PATCH', path, read);
  await same('PUT', path, read);
  await same('POST', `${path}/reactivate`);
  await same('PUT', `${path}/configuration`, configuration);
  await api.call('PUT', `${path}/configuration`, { body: { ...configuration, fallback_enabled: true } });
  expect(await announced()).toBe(1);
  read = (await api.call('POST', `${path}/suspend`)).body;
  count = 2;
  await same('POST', `${path}/suspend`);
  await api.call('POST', `${path}/reactivate`);
  expect(await announced()).toBe(3);
  await api.call('DELETE', `/api/provisioning/webhooks/${String(hook.body['id'])}`);
});

test('what was read can be sent back with a change, and says so where it would change what cannot be', async () => {
  const path = `/api/provisioning/tenants/${tenant}`;
  const read = (await api.call('GET', path)).body;
  for (const method of ['PUT', 'PATCH']) {
    const back = await api.call(method, path, { body: { ...read, industry: method } });
    expect([back.status, back.body]).toEqual([
      200,
      { ...read, industry: method, updated_at: back.body['updated_at'] },
    ]);
  }
  const changes: [string, unknown][] = [
    ['email', 'other@example.com'],
    ['status', 'suspended'],
    ['created_at', '2020-01-01T00:00:00Z'],
    ['tenant', runId],
    ['partner_id', runId],
  ];
  for (const [field, value] of changes) {
    const answer = await api.call('PUT', path, { body: { ...read, [field]: value } });
    expect([answer.status, answer.body['errors']]).toEqual([
      400,
      [{ field, message: expect.any(String) as unknown }],
    ]);
  }
  expect((await api.call('GET', path)).body).toMatchObject({ email: read['email'], status: 'active' });
});

test('an instant that was read is the same in every form that a client writes it in', async () => {
  const path = `/api/provisioning/tenants/${tenant}`;
  const read = (await api.call('GET', path)).body;
  const at = new Date(String(read['created_at']));
  const inZone = (hours: number) => new Date(at.getTime() + hours * 3_600_000).toISOString().slice(0, -1);
  const forms = [
    at.toISOString().replace('Z', '0000Z'),
    at.toISOString().toLowerCase(),
    `${inZone(0)}+00:00`,
    `${inZone(5)}+05:00`,
    `${inZone(-3)}-03:00`,
    `${inZone(2).slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)}+02:00`,
  ];
  for (const created_at of forms) {
    const answer = await api.call('PATCH', path, { body: { ...read, created_at, updated_at: created_at } });
    expect([created_at, answer.status]).toEqual([created_at, 200]);
  }
  const nextSecond = new Date(at.getTime() + 1_000).toISOString();
  for (const created_at of [`${inZone(0)}+01:00`, nextSecond]) {
    const moved = await api.call('PATCH', path, { body: { created_at } });
    expect([created_at, moved.status, moved.body['errors']]).toEqual([
      created_at,
      400,
      [expect.objectContaining({ field: 'created_at' })],
    ]);
  }
});

test('null is the same as nothing where a tenant is created', async () => {
  const nothing = { phone_number: null, industry: null, admin_user: null, company_name: null };
  const made = await api.call('POST', '/api/provisioning/tenants', {
    body: { client_name: 'Null', email: 'null@example.com', ...nothing },
  });
  expect([made.status, made.body['phone_number'], made.body['industry']]).toEqual([201, null, null]);
});

test('OPTIONS says what there is', async () => {
  const answer = await api.call('OPTIONS', `/api/provisioning/tenants/${tenant}`, { token: null });
  expect([answer.status, answer.headers.get('allow')]).toEqual([
    204,
    'DELETE, GET, HEAD, OPTIONS, PATCH, PUT',
  ]);
});

test('a run that has ended cannot be steered: 409', async () => {
  const path = `/api/provisioning/operation-runs/${runId}`;
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
  const gone = String(created.body['tenant']);
  await api.finished(String(created.body['operation_run_id']));
  const [first, second] = await Promise.all(
    [1, 2].map(() => api.call('DELETE', `/api/provisioning/tenants/${gone}`)),
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
    result: { tenant_id: gone, success: true },
  });
  expect((await api.call('GET', `/api/provisioning/tenants/${gone}`)).status).toBe(404);
  const { prisma } = api.app.db;
  const left = await Promise.all([
    prisma.user.count({ where: { tenant: gone } }),
    prisma.company.count({ where: { tenant: gone } }),
    prisma.workspace.count({ where: { tenant: gone } }),
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
