import { once } from 'node:events';
import http from 'node:http';
import { countKeptObjects, NOTHING_KEPT } from '@gangway/engine/testing/kept-objects';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshEmail } from './test-fresh.js';
import { DEMO_KEY, startTestPartnerApi, type TestPartnerApi } from './test-partner-api.js';

const STREAMS = 10;
const TIMEOUT_MS = 120_000;

let api: TestPartnerApi;
let url = '';
beforeAll(async () => {
  // Without an engine the run never ends, and neither do its streams unless somebody ends them.
  api = await startTestPartnerApi({ withoutEngine: true });
  const body = { client_name: 'Watched', email: 'watched@example.com' };
  const created = await api.call('POST', '/api/provisioning/tenants', { body });
  url = `${api.base}/api/provisioning/operation-runs/${String(created.body['operation_run_id'])}/events`;
});
afterAll(() => api.close());

const request = () =>
  http
    .get(url, { agent: false, headers: { authorization: `Bearer ${DEMO_KEY}` } })
    .on('error', () => undefined);

const leave = (stream: http.ClientRequest) =>
  new Promise((resolve) => stream.once('close', resolve).destroy());

async function openAndLeave(): Promise<void> {
  const stream = request();
  const [response] = (await once(stream, 'response')) as [http.IncomingMessage];
  response.on('error', () => undefined);
  await once(response, 'data');
  await leave(stream);
}

test('nothing is kept of an event stream that its client has left', { timeout: TIMEOUT_MS }, async () => {
  expect(await countKeptObjects(STREAMS, openAndLeave)).toEqual(NOTHING_KEPT);
});

const CALLS = 10;
const untilWatching = (count: number) => expect.poll(() => api.watching(), { timeout: 10_000 }).toBe(count);

async function waitAndLeave(): Promise<void> {
  const headers = {
    ...{ authorization: `Bearer ${DEMO_KEY}`, 'content-type': 'application/json' },
    prefer: 'wait=60',
  };
  const calls = Array.from({ length: CALLS }, () => {
    const address = `${api.base}/api/provisioning/tenants`;
    const call = http.request(address, { method: 'POST', agent: false, headers });
    return call.on('error', () => undefined).end(JSON.stringify({ client_name: 'W', email: freshEmail() }));
  });
  await untilWatching(CALLS);
  await Promise.all(calls.map(leave));
  await untilWatching(0);
}

test(
  'nothing is kept of calls that their clients have left while they waited',
  { timeout: TIMEOUT_MS },
  async () => {
    // The calls of a round are one piece of work: each would not know when it is itself that waits.
    let started = 0;
    let round = Promise.resolve();
    const joinRound = () => (started++ % CALLS === 0 ? (round = waitAndLeave()) : round);
    expect(await countKeptObjects(CALLS, joinRound)).toEqual(NOTHING_KEPT);
  },
);

test('no stream is opened for a client that left while it was authorized', async () => {
  const leaveAtOnce = async () => {
    const stream = request();
    await once(stream, 'finish');
    await leave(stream);
  };
  await Promise.all(Array.from({ length: STREAMS }, leaveAtOnce));
  // Those above have been authorized when this one has.
  await openAndLeave();
  await expect.poll(() => api.watching()).toBe(0);
});
