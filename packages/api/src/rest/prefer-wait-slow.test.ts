import http from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mailTableOf } from './test-broken-mail.js';
import { freshEmail } from './test-fresh.js';
import {
  DEMO_KEY,
  startTestPartnerApi,
  type PartnerAnswer,
  type TestPartnerApi,
} from './test-partner-api.js';

// Creations that wait for a run that takes its time: it begins when a test starts the engine.
let api: TestPartnerApi;
beforeEach(async () => {
  api = await startTestPartnerApi({ withoutEngine: true, streamsAtOnce: { user: 1, partner: 2 } });
});
afterEach(() => api.close());

const tenants = '/api/provisioning/tenants';
const post = (
  prefer: string,
  more: Record<string, unknown> = {},
  options: { key?: string; token?: string } = {},
) =>
  api.call('POST', tenants, {
    headers: { prefer, ...(options.key !== undefined && { 'idempotency-key': options.key }) },
    ...(options.token !== undefined && { token: options.token }),
    body: { client_name: 'Slow', email: freshEmail(), ...more },
  });
const untilWaiting = (calls: number) => expect.poll(() => api.watching(), { timeout: 10_000 }).toBe(calls);
const facts = ({ status, headers, body }: PartnerAnswer) => ({
  ...{ status, applied: headers.get('preference-applied'), tenant: body['status'] },
  run: body['operation_run'],
});

test('when the time is over the answer has the run as far as it is, and the password can still be read', async () => {
  const body = { email: freshEmail() };
  const answer = await post('wait=1', body, { key: 'slow' });
  const run = { status: 'queued', result: null };
  expect(facts(answer)).toMatchObject({ status: 201, applied: 'wait=1', tenant: 'provisioning', run });
  expect((await post('wait=1', body, { key: 'slow' })).body).toEqual(answer.body);
  await api.startEngine();
  const id = String(answer.body['operation_run_id']);
  await api.finished(id);
  const later = await api.call('GET', `/api/provisioning/operation-runs/${id}`);
  expect(later.body['result']).toMatchObject({ temporary_password: expect.any(String) as unknown });
});

test('the answer comes when the run ends, whoever executes it', async () => {
  const waiting = post('wait=60');
  await untilWaiting(1);
  await api.startEngine();
  const run = { status: 'succeeded', result: { temporary_password: expect.any(String) as unknown } };
  expect(facts(await waiting)).toMatchObject({ status: 201, applied: 'wait=60', tenant: 'active', run });
  expect(api.watching()).toBe(0);
});

test('a run that fails and is rolled back, and one that is parked, end the wait', async () => {
  const mails = mailTableOf(api);
  await mails.break();
  const waiting = [post('wait=60'), post('wait=60', { failure_policy: 'hold' })];
  await untilWaiting(2);
  await api.startEngine();
  const [rolledBack, parked] = await Promise.all(waiting);
  const failed = { status: 'failed', result: null };
  expect(rolledBack && facts(rolledBack)).toMatchObject({
    status: 201,
    tenant: 'failed',
    run: { ...failed, held: false },
  });
  expect(parked && facts(parked)).toMatchObject({ status: 201, run: { ...failed, held: true } });
  for (const answer of [rolledBack, parked]) {
    const { operation_run: run, ...created } = answer?.body ?? {};
    const read = await api.call('GET', `${tenants}/${String(created['tenant'])}`);
    expect(created).toEqual(read.body);
    expect(run).toMatchObject({ reason_code: expect.any(String) as unknown });
  }
  await mails.mend();
});

test('of two calls with one key one waits, the other is told that it is in flight', async () => {
  const body = { email: freshEmail() };
  const waiting = post('wait=60', body, { key: 'two' });
  await untilWaiting(1);
  const other = await post('wait=60', body, { key: 'two' });
  expect([other.status, other.body['reason_code'], other.headers.get('retry-after')]).toEqual([
    ...[409, 'idempotency.in_flight', '1'],
  ]);
  await api.startEngine();
  const first = await waiting;
  const again = await post('wait=60', body, { key: 'two' });
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(again.body).toMatchObject({ tenant: first.body['tenant'], operation_run: { status: 'succeeded' } });
  expect(await api.app.db.prisma.tenant.count({ where: { email: body.email } })).toBe(1);
});

test.each([tenants, '/trpc/provisioning.tenants.create'])(
  'a client that leaves %s uses nothing up: its repetition waits on, and gets the password',
  async (path) => {
    const body = { client_name: 'Left', email: freshEmail() };
    const headers = { prefer: 'wait=60', 'idempotency-key': 'left' };
    const type = { authorization: `Bearer ${DEMO_KEY}`, 'content-type': 'application/json' };
    const left = http.request(`${api.base}${path}`, {
      ...{ method: 'POST', headers: { ...headers, ...type }, agent: false },
    });
    left.on('error', () => undefined).end(JSON.stringify(body));
    await untilWaiting(1);
    await new Promise((resolve) => left.once('close', resolve).destroy());
    await untilWaiting(0);
    const repeat = async (): Promise<PartnerAnswer> => {
      const answer = await api.call('POST', path, { headers, body });
      // The key is free a moment after the wait has ended.
      return answer.status === 409 ? repeat() : answer;
    };
    const again = repeat();
    await untilWaiting(1);
    await api.startEngine();
    expect((await again).text).toMatch(/"temporary_password":"[\w-]{16,}"/);
    expect(api.unexpected).toEqual([]);
  },
);

test('a credential that is revoked meanwhile is told nothing of the run', async () => {
  const key = { name: 'short', permissions: ['tenant:create', 'tenant:read'] };
  const made = (await api.call('POST', '/api/provisioning/api-keys', { body: key })).body;
  const waiting = post('wait=60', {}, { token: String(made['key']) });
  await untilWaiting(1);
  await api.call('DELETE', `/api/provisioning/api-keys/${String(made['id'])}`);
  expect(facts(await waiting)).toEqual({
    status: 201,
    applied: null,
    tenant: 'provisioning',
    run: undefined,
  });
});

test('a waiting call counts as an event stream; one more is answered at once', async () => {
  const waiting = [post('wait=60'), post('wait=60')];
  await untilWaiting(2);
  expect(facts(await post('wait=60'))).toMatchObject({ status: 201, applied: null, run: undefined });
  await api.startEngine();
  for (const answer of await Promise.all(waiting))
    expect(facts(answer)).toMatchObject({ applied: 'wait=60' });
  expect(facts(await post('wait=30'))).toMatchObject({ applied: 'wait=30', run: { status: 'succeeded' } });
});

test('a server that shuts down answers at once with the run as far as it is', async () => {
  const waiting = post('wait=60');
  await untilWaiting(1);
  await api.stopWatching();
  expect(facts(await waiting)).toMatchObject({ status: 201, applied: 'wait=60', run: { status: 'queued' } });
  expect(facts(await post('wait=60'))).toMatchObject({ applied: 'wait=60', run: { status: 'queued' } });
});
