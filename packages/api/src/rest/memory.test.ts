import { once } from 'node:events';
import http from 'node:http';
import { countKeptObjects, NOTHING_KEPT } from '@gangway/engine/testing/kept-objects';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
