import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mailTableOf } from './test-broken-mail.js';
import { startTestPartnerApi, type TestPartnerApi } from './test-partner-api.js';

let api: TestPartnerApi;
beforeEach(async () => {
  api = await startTestPartnerApi({ withoutEngine: true });
});
afterEach(() => api.close());

const runs = '/api/provisioning/operation-runs';
const tenants = '/api/provisioning/tenants';

async function post(body: Record<string, unknown>): Promise<{ tenant: string; run: string }> {
  const answer = await api.call('POST', tenants, {
    body: { client_name: 'Steered', email: 'steered@example.com', ...body },
  });
  expect(answer.status).toBe(201);
  return { tenant: String(answer.body['tenant']), run: String(answer.body['operation_run_id']) };
}

/** Rows that belong to a tenant, in every table that names one. */
async function rowsOf(tenant: string): Promise<number> {
  const rows = await api.app.db.prisma.$queryRaw<{ n: number }[]>`
    SELECT (SELECT count(*) FROM tenants WHERE tenant = ${tenant}::uuid) + (SELECT count(*) FROM users WHERE tenant = ${tenant}::uuid)
         + (SELECT count(*) FROM companies WHERE tenant = ${tenant}::uuid) + (SELECT count(*) FROM workspaces WHERE tenant = ${tenant}::uuid)
         + (SELECT count(*) FROM tenant_email_settings WHERE tenant_id = ${tenant}::uuid) + (SELECT count(*) FROM user_roles WHERE tenant = ${tenant}::uuid) AS n`;
  return Number(rows[0]?.n);
}

const breakMail = () => mailTableOf(api).break();
const mendMail = () => mailTableOf(api).mend();

test('a cancelled creation leaves nothing but its run, and the address is free again', async () => {
  const { tenant, run } = await post({});
  const cancelled = await api.call('POST', `${runs}/${run}/cancel`, {
    body: { reason: 'Signed by mistake' },
  });
  expect(cancelled.status).toBe(202);
  await api.startEngine();
  expect((await api.finished(run)).body).toMatchObject({ status: 'failed', reason_code: 'run.cancelled' });
  expect(await rowsOf(tenant)).toBe(0);
  const told = await api.call('GET', `${tenants}/${tenant}`);
  expect([told.status, told.body['status'], told.body['email']]).toEqual([
    200,
    'failed',
    'steered@example.com',
  ]);
  expect((await api.call('GET', tenants)).text).not.toContain(tenant);
  await post({ client_name: 'Again' });
});

test('a parameter that is still ahead can be changed, and shows in the result', async () => {
  const { tenant, run } = await post({ contract_line: 'basic' });
  for (const [field, value] of [
    ['contractLine', 'professional'],
    ['contract_line', 'enterprise'],
  ])
    expect((await api.call('POST', `${runs}/${run}/update`, { body: { field, value } })).status).toBe(202);
  expect(
    (await api.call('POST', `${runs}/${run}/update`, { body: { field: 'contractLine', value: 'No Such!' } }))
      .status,
  ).toBe(400);
  await api.startEngine();
  expect((await api.finished(run)).body).toMatchObject({
    status: 'succeeded',
    result: { contract_line: 'enterprise' },
  });
  expect((await api.call('GET', `${tenants}/${tenant}/configuration`)).body['contract_line']).toBe(
    'enterprise',
  );
});

test('an admin whose address was taken meanwhile fails the creation, which removes itself', async () => {
  const { tenant, run } = await post({ company_name: 'Steered Ltd' });
  const { prisma } = api.app.db;
  const other = await prisma.tenant.findFirstOrThrow({ where: { companyName: 'Acme' } });
  await prisma.user.create({
    data: {
      userId: crypto.randomUUID(),
      tenant: other.tenant,
      email: 'steered@example.com',
      firstName: 'First',
      lastName: 'There',
    },
  });
  await api.startEngine();
  expect((await api.finished(run)).body).toMatchObject({ status: 'failed', reason_code: 'user.duplicate' });
  expect(await rowsOf(tenant)).toBe(0);
  expect(await prisma.user.count({ where: { email: 'steered@example.com' } })).toBe(1);
});

test('under `hold` a late failure is parked: a dry run lists what would go, and it can be resumed', async () => {
  const { tenant, run } = await post({ failure_policy: 'hold', company_name: 'Steered Ltd' });
  await breakMail();
  await api.startEngine();
  expect((await api.finished(run)).body).toMatchObject({
    status: 'failed',
    held: true,
    step: 'sending_welcome_email',
  });
  await mendMail();
  const listed = await api.call('POST', `${runs}/${run}/roll-back`, { body: {} });
  expect(listed.body['dry_run']).toBe(true);
  const what = (listed.body['items'] as { what: string }[]).map((item) => item.what).sort();
  expect(what).toEqual(['company', 'mail settings', 'tenant', 'user', 'workspace']);
  expect(await rowsOf(tenant)).toBe(6);
  expect((await api.call('POST', `${runs}/${run}/resume`)).status).toBe(202);
  expect((await waitFor(run, 'succeeded'))['status']).toBe('succeeded');
  expect((await api.call('GET', `${tenants}/${tenant}`)).body['status']).toBe('active');
  api.unexpected.length = 0;
});

test('what is parked can be rolled back, completely', async () => {
  const { tenant, run } = await post({ failure_policy: 'hold', company_name: 'Steered Ltd' });
  await breakMail();
  await api.startEngine();
  await api.finished(run);
  await mendMail();
  expect((await api.call('POST', `${runs}/${run}/roll-back`, { body: { dry_run: false } })).status).toBe(202);
  await expect.poll(() => rowsOf(tenant), { timeout: 10_000 }).toBe(0);
});

test('what was parked behind its last step is rolled back completely, even if it was suspended since', async () => {
  const { tenant, run } = await post({ failure_policy: 'hold', company_name: 'Steered Ltd' });
  await breakMail();
  await api.startEngine();
  await api.finished(run);
  await mendMail();
  // As the worker leaves it that is lost while it sends the mail.
  await api.app.db.prisma.tenant.update({ where: { tenant }, data: { status: 'active' } });
  expect((await api.call('POST', `${tenants}/${tenant}/suspend`)).status).toBe(200);
  const listed = await api.call('POST', `${runs}/${run}/roll-back`, { body: {} });
  const what = (listed.body['items'] as { what: string }[]).map((item) => item.what).sort();
  expect(what).toEqual(['company', 'mail settings', 'tenant', 'user', 'workspace']);
  expect((await api.call('POST', `${runs}/${run}/roll-back`, { body: { dry_run: false } })).status).toBe(202);
  await expect.poll(() => rowsOf(tenant), { timeout: 10_000 }).toBe(0);
  api.unexpected.length = 0;
});

test('the events of a run come as they happen, and go on after the last one that was seen', async () => {
  const { run } = await post({});
  await api.startEngine();
  const read = async (lastEventId?: string) => {
    const headers = {
      authorization: 'Bearer gwk_demo_partner_admin',
      ...(lastEventId ? { 'last-event-id': lastEventId } : {}),
    };
    const response = await fetch(`${api.base}${runs}/${run}/events`, { headers });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    return [...(await response.text()).matchAll(/^id: (\d+)\nevent: (.+)$/gm)].map(
      ([, id, event]) => `${id} ${event}`,
    );
  };
  const all = await read();
  expect(all[0]).toBe('1 run.queued');
  expect(all.at(-1)).toBe(`${all.length} run.finished`);
  expect(await read('3')).toEqual(all.slice(3));
});

test('HEAD is answered without opening the stream: the connection is free for the next request', async () => {
  const { run } = await post({});
  const socket = connect(Number(new URL(api.base).port), '127.0.0.1');
  const ask = (method: string, path: string, connection: string) =>
    `${method} ${runs}/${run}${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer gwk_demo_partner_admin\r\nconnection: ${connection}\r\n\r\n`;
  socket.write(ask('HEAD', '/events', 'keep-alive') + ask('GET', '', 'close'));
  const [head, answer] = (await text(socket)).split(/^(?=HTTP)/m);
  expect(head).toMatch(/^HTTP\/1.1 200 [^]*^content-type: text\/event-stream\r\n[^]*\r\n\r\n$/im);
  expect(answer).toMatch(/^HTTP\/1.1 200 [^]*"status":"queued"/);
});

test('a stream ends when the key behind it is revoked', async () => {
  const { run } = await post({});
  const made = await api.call('POST', '/api/provisioning/api-keys', {
    body: { name: 'watcher', permissions: ['tenant:read'] },
  });
  const response = await fetch(`${api.base}${runs}/${run}/events`, {
    headers: { authorization: `Bearer ${String(made.body['key'])}` },
  });
  await api.call('DELETE', `/api/provisioning/api-keys/${String(made.body['id'])}`);
  const begun = Date.now();
  expect(await response.text()).toContain('run.queued');
  expect(Date.now() - begun).toBeLessThan(2_000);
});

async function waitFor(run: string, status: string): Promise<Record<string, unknown>> {
  let body: Record<string, unknown> = {};
  await expect
    .poll(async () => (body = (await api.call('GET', `${runs}/${run}`)).body)['status'], { timeout: 10_000 })
    .toBe(status);
  return body;
}
