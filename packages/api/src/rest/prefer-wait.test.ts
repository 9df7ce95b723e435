import { expect, test } from 'vitest';
import { freshEmail } from './test-fresh.js';
import { openPartnerApi } from './test-open-partner-api.js';
import { DEMO_KEY, type PartnerAnswer } from './test-partner-api.js';

// Creations that wait for their run in the call, where the run is quick.
const api = await openPartnerApi();
const tenants = '/api/provisioning/tenants';
const post = (headers: Record<string, string>, more: Record<string, unknown> = {}, token = DEMO_KEY) =>
  api.call('POST', tenants, {
    ...{ headers, token },
    body: { client_name: 'Awaited', email: freshEmail(), ...more },
  });
const applied = ({ headers }: PartnerAnswer) => headers.get('preference-applied');
const runOf = ({ body }: PartnerAnswer) =>
  body['operation_run'] as { id: string; status: string; result: Record<string, unknown> | null } | undefined;
const getRun = async (id: unknown) =>
  (await api.call('GET', `/api/provisioning/operation-runs/${String(id)}`)).body;

test('the answer has the run as it is read then, with the password, which is told once', async () => {
  const answer = await post({ prefer: 'wait=30' });
  expect([answer.status, applied(answer)]).toEqual([201, 'wait=30']);
  const { tenant, operation_run_id: id } = answer.body;
  expect(answer.headers.get('location')).toBe(`${tenants}/${String(tenant)}`);
  const told = runOf(answer)?.result?.['temporary_password'];
  expect(told).toMatch(/^[\w-]{16,}$/);
  const later = await getRun(id);
  expect(later).toMatchObject({ status: 'succeeded', result: { temporary_password: null } });
  const result = { ...(later['result'] as object), temporary_password: told };
  expect(runOf(answer)).toEqual({ ...later, result });
  const { operation_run: _, ...created } = answer.body;
  expect(created).toEqual((await api.call('GET', `${tenants}/${String(tenant)}`)).body);
  expect(created['status']).toBe('active');
  const user = await api.app.db.prisma.user.findUniqueOrThrow({
    where: { email: String(created['email']) },
  });
  expect(await api.app.hasher.matches(String(told), user.passwordHash)).toBe(true);
});

test('the longest wait is a minute, and what is no wait is ignored', async () => {
  expect(applied(await post({ prefer: 'respond-async, wait=86400' }))).toBe('wait=60');
  for (const headers of [{}, { prefer: 'wait=0' }, { prefer: 'wait=soon' }, { prefer: 'return=minimal' }]) {
    const answer = await post(headers);
    expect([answer.status, applied(answer), runOf(answer)]).toEqual([201, null, undefined]);
    expect(answer.body['status']).toBe('provisioning');
  }
});

test('a run that has a link to mail instead of a password has none to tell', async () => {
  const answer = await post({ prefer: 'wait=20' }, { credential_delivery: 'setup_link' });
  expect(runOf(answer)).toMatchObject({ status: 'succeeded', result: { temporary_password: null } });
});

test('a repeated key gets the same answer without the password, whatever the repetition prefers', async () => {
  const body = { email: freshEmail() };
  const first = await post({ prefer: 'wait=30', 'idempotency-key': 'waits' }, body);
  expect(runOf(first)?.result?.['temporary_password']).toEqual(expect.any(String));
  const run = runOf(first);
  const expected = {
    ...first.body,
    operation_run: { ...run, result: { ...run?.result, temporary_password: null } },
  };
  for (const headers of [{ prefer: 'wait=30' }, { prefer: 'wait=2' }, {}]) {
    const again = await post({ ...headers, 'idempotency-key': 'waits' }, body);
    expect([again.status, applied(again), again.headers.get('idempotent-replayed')]).toEqual([
      ...[201, 'wait=30', 'true'],
    ]);
    expect(again.body).toEqual(expected);
  }
  const stored = await api.app.db.prisma.idempotencyKey.findFirstOrThrow({ where: { key: 'waits' } });
  expect(JSON.stringify(stored)).not.toContain(run?.result?.['temporary_password']);
});

test('who may create and not read gets the tenant, and no run', async () => {
  const body = { name: 'creates', permissions: ['tenant:create'] };
  const { key } = (await api.call('POST', '/api/provisioning/api-keys', { body })).body;
  const answer = await post({ prefer: 'wait=20' }, {}, String(key));
  expect([answer.status, applied(answer), runOf(answer)]).toEqual([201, null, undefined]);
});

test('a wait is not for what is refused', async () => {
  const body = { email: freshEmail() };
  await post({ prefer: 'wait=20' }, body);
  const duplicate = await post({ prefer: 'wait=20' }, body);
  expect([duplicate.status, duplicate.body['reason_code']]).toEqual([409, 'tenant.duplicate']);
  expect(applied(duplicate)).toBeNull();
  expect((await post({ prefer: 'wait=20' }, { client_name: '' })).status).toBe(400);
});

test('a procedure waits as well, once for a key; in a batch of several it does not', async () => {
  const input = () => ({ client_name: 'Called', email: freshEmail() });
  const mutate = (name: string, body: unknown, headers: Record<string, string>) =>
    api.call('POST', `/trpc/provisioning.${name}`, { body, headers });
  const dataOf = ({ body }: PartnerAnswer) => (body['result'] as { data: Record<string, unknown> }).data;
  const keyed = { prefer: 'wait=15', 'idempotency-key': 'called' };
  const body = input();
  const first = await mutate('tenants.create', body, keyed);
  expect([first.status, applied(first)]).toEqual([200, 'wait=15']);
  const password = { temporary_password: expect.stringMatching(/^[\w-]{16,}$/) as unknown };
  expect(dataOf(first)).toMatchObject({ status: 'active', operation_run: { result: password } });
  const again = await mutate('tenants.create', body, keyed);
  expect([applied(again), again.headers.get('idempotent-replayed')]).toEqual(['wait=15', 'true']);
  expect(dataOf(again)).toMatchObject({ operation_run: { result: { temporary_password: null } } });
  const unkeyed = await mutate('tenants.create', input(), { prefer: 'wait=15' });
  expect([applied(unkeyed), dataOf(unkeyed)]).toMatchObject([
    'wait=15',
    { operation_run: { result: password } },
  ]);
  const names = 'tenants.create,provisioning.tenants.create?batch=1';
  const batch = await mutate(names, { 0: input(), 1: input() }, { prefer: 'wait=15' });
  expect([batch.status, applied(batch), batch.text.includes('"operation_run"')]).toEqual([200, null, false]);
});
