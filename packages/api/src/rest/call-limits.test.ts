import { afterAll, beforeAll, expect, test } from 'vitest';
import { atOnce } from '../test-caller.js';
import { DEMO_KEY, startTestPartnerApi, type TestPartnerApi } from './test-partner-api.js';

const PER_MINUTE = { address: 1_000, user: 1_000, partner: 20 };
const STREAMS = { user: 1, partner: 3 };

let api: TestPartnerApi;
beforeAll(async () => {
  api = await startTestPartnerApi({
    callsPerMinute: PER_MINUTE,
    streamsAtOnce: STREAMS,
    withoutEngine: true,
  });
});
afterAll(() => api.close());

const list = (token: string) => api.call('GET', '/api/provisioning/tenants', { token });
const procedure = (token: string) =>
  fetch(`${api.base}/trpc/provisioning.tenants.list?input={}`, {
    headers: { authorization: `Bearer ${token}` },
  });

test('no more event streams of a partner are open than may be; one that ends makes room', async () => {
  const token = await api.tokenOf('other-partner');
  const body = { client_name: 'Watched', email: 'watched@example.com' };
  const created = await api.call('POST', '/api/provisioning/tenants', { token, body });
  const run = String(created.body['operation_run_id']);
  const open = async () => {
    const gone = new AbortController();
    const response = await fetch(`${api.base}/api/provisioning/operation-runs/${run}/events`, {
      headers: { authorization: `Bearer ${token}` },
      signal: gone.signal,
    });
    return { response, leave: () => gone.abort() };
  };
  const streams = await atOnce(STREAMS.partner, open);
  expect(streams.map(({ response }) => response.status)).toEqual([200, 200, 200]);
  expect(streams[0]?.response.headers.get('ratelimit')).toContain('"partner";r=');
  const rejected = (await open()).response;
  expect(rejected.status).toBe(429);
  expect(rejected.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(await rejected.json()).toMatchObject({ status: 429, reason_code: 'stream.limit_reached' });
  const input = encodeURIComponent(JSON.stringify({ operation_run_id: run }));
  const asProcedure = await fetch(`${api.base}/trpc/provisioning.operationRuns.events?input=${input}`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
  });
  expect(await asProcedure.text()).toContain('stream.limit_reached');
  streams[0]?.leave();
  await expect
    .poll(
      async () => {
        const again = await open();
        streams.push(again);
        return again.response.status;
      },
      { timeout: 10_000 },
    )
    .toBe(200);
  for (const { leave } of streams) leave();
});

test('a partner has so many calls, counted once for REST and procedures, whatever credential makes them', async () => {
  const token = await api.tokenOf('demo-partner');
  const first = await list(token);
  expect(first.headers.get('ratelimit-policy')).toBe('"partner";q=20;w=60');
  expect(first.headers.get('ratelimit')).toMatch(/"partner";r=19;t=\d+$/);
  const second = await procedure(DEMO_KEY);
  expect(second.headers.get('ratelimit')).toMatch(/"partner";r=18;t=\d+$/);
  await atOnce(18, () => list(DEMO_KEY));
  const late = await list(token);
  expect(late.status).toBe(429);
  expect(late.body).toMatchObject({ status: 429, reason_code: 'request.rate_limited' });
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(late.headers.get('ratelimit')).toMatch(/"partner";r=0;t=\d+$/);
  expect((await procedure(token)).status).toBe(429);
  expect((await list(await api.tokenOf('other-partner'))).status).toBe(200);
});

test('answers that refuse tell nothing of the count', async () => {
  const foreign = await api.call('GET', `/api/provisioning/tenants/${crypto.randomUUID()}`, {
    token: await api.tokenOf('other-partner'),
  });
  expect(foreign.status).toBe(404);
  expect([...foreign.headers.keys()].filter((name) => name.startsWith('ratelimit'))).toEqual([]);
});
