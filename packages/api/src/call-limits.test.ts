import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './test-api.js';
import { atOnce, callerOf } from './test-caller.js';

// Calls are counted whether they succeed or not, each of a batch by itself, for the address and for the person.

const PER_MINUTE = { address: 60, user: 12, partner: 12 };

let api: TestApi;
beforeAll(async () => void (api = await startTestApi({ callsPerMinute: PER_MINUTE, trustProxy: true })));
afterAll(() => api.close());

const batchOf = (cookie: string, size: number, from = '203.0.113.1') =>
  fetch(`${api.base}/${Array(size).fill('auth.me').join(',')}?batch=1&input={}`, {
    headers: { cookie, 'x-forwarded-for': from },
  });

test('a person has so many calls, counted alike alone and in a batch, and is told how many are left', async () => {
  const { cookie } = await callerOf(api, 'viewer@acme.example');
  const first = await batchOf(cookie, 5);
  expect(first.headers.get('ratelimit-policy')).toBe('"user";q=12;w=60');
  expect(first.headers.get('ratelimit')).toMatch(/^"user";r=7;t=\d+$/);
  const alone = await batchOf(cookie, 1);
  expect(alone.headers.get('ratelimit')).toMatch(/"user";r=6;t=\d+$/);

  const over = await batchOf(cookie, 8);
  const statuses = (
    (await over.json()) as { error?: { data: { httpStatus: number; reasonCode: string } } }[]
  ).map(({ error }) => error?.data ?? null);
  expect(statuses.filter((data) => data === null)).toHaveLength(6);
  for (const data of statuses.filter((told) => told !== null))
    expect(data).toMatchObject({ httpStatus: 429, reasonCode: 'request.rate_limited' });
  const wait = Number(over.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  expect(over.headers.get('ratelimit')).toMatch(/"user";r=0;t=\d+$/);

  const rejected = await batchOf(cookie, 1, '203.0.113.2');
  expect(rejected.status).toBe(429);
  const other = await callerOf(api, 'admin@acme.example');
  expect((await other.query('auth.me')).status).toBe(200);
});

test('a person who was counted out is rejected before anything is looked for, and elsewhere nothing changes', async () => {
  const { cookie, query } = await callerOf(api, 'operator@acme.example');
  const calls = await atOnce(PER_MINUTE.user + 3, () => query('workspaces.list'));
  expect(calls.filter(({ status }) => status === 200)).toHaveLength(PER_MINUTE.user);
  const late = await query('workspaces.get', { workspaceId: 'acme' });
  expect([late.status, late.reason]).toEqual([429, 'request.rate_limited']);
  expect(cookie).not.toBe('');
});

test('an address has so many calls, whoever makes them; another address has its own', async () => {
  const from = '2001:db8:7::';
  const ask = (host: number) =>
    fetch(`${api.base}/auth.me`, { headers: { 'x-forwarded-for': `${from}${host}` } });
  const answers = await atOnce(PER_MINUTE.address + 5, (index) => ask(index + 1));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(PER_MINUTE.address);
  const [rejected] = answers.filter(({ status }) => status === 429);
  expect(rejected?.headers.get('ratelimit')).toMatch(/^"address";r=0;t=\d+$/);
  expect(rejected?.headers.get('retry-after')).toMatch(/^\d+$/);
  const elsewhere = await fetch(`${api.base}/auth.me`, { headers: { 'x-forwarded-for': '2001:db8:8::1' } });
  expect(elsewhere.status).toBe(401);
});

test('what is refused, and what anybody may ask, tells nothing of the count', async () => {
  const { cookie } = await callerOf(api, 'owner@acme.example');
  const foreign = await api.call('workspaces.get', 'query', { workspaceId: 'globex' }, cookie);
  const reset = await api.call('auth.requestPasswordReset', 'mutation', { email: 'a@example.com' }, null);
  expect([foreign.status, reset.status]).toEqual([404, 200]);
  for (const { headers } of [foreign, reset])
    expect(Object.keys(headers).filter((name) => name.startsWith('ratelimit'))).toEqual([]);
});
