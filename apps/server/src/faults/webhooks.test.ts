import { writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { callPartner, hasEnded, untilRun } from '../testing/partner-client.js';
import { createProductFixture, type ProductFixture } from '../testing/product-fixture.js';
import type { TestNetwork } from '../testing/public-network.js';
import { endServer, type SpawnedServer } from '../testing/spawn-server.js';
import { createWebhookReceiver, type WebhookReceiver } from '../testing/webhook-receiver.js';

// What the server of a partner can do to us. The receivers stand at a public address, as all must, which the network of
// these tests leads to this machine; what is inside stands at an address inside, and is to see nobody.

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 });

const PUBLIC = '93.184.215.14';
const NETWORK = new URL('../../dist/testing/public-network.js', import.meta.url);

let fixture: ProductFixture;
let server: SpawnedServer & { url: string };
let receiver: WebhookReceiver;
let inside: WebhookReceiver;
let answer = 500;

const redirect = (status: number, to: () => string) => (response: ServerResponse) =>
  void response.writeHead(status, { location: to() }).end();
const toInside = () => `http://127.0.0.1:${inside.port}/`;
const endless = (response: ServerResponse) => {
  response.writeHead(200);
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(65_536)));
  };
  response.on('drain', more);
  more();
};
const dripping = (response: ServerResponse) => {
  response.socket?.write('HTTP/1.1 200 OK\r\nX-Slow: ');
  const timer = setInterval(() => response.socket?.write('.'), 100);
  response.on('close', () => clearInterval(timer));
};

beforeAll(async () => {
  fixture = await createProductFixture();
  inside = await createWebhookReceiver({});
  receiver = await createWebhookReceiver({
    '/answers': (response) => void response.writeHead(answer).end(),
    '/fine': (response) => void response.writeHead(204).end(),
    '/301': redirect(301, toInside),
    '/302': redirect(302, () => 'http://169.254.169.254/latest/meta-data/'),
    '/307': redirect(307, toInside),
    '/308': redirect(308, () => `//127.0.0.1:${inside.port}/`),
    '/silent': () => undefined,
    '/dripping': dripping,
    '/endless': endless,
  });
  await name({});
  server = await start();
});
afterAll(async () => {
  await fixture.drop();
  await receiver.close();
  await inside.close();
});

const networkFile = () => path.join(fixture.dataDir, 'network.json');
const name = (names: TestNetwork['names']) =>
  writeFile(networkFile(), JSON.stringify({ addresses: [PUBLIC], names } satisfies TestNetwork));
const start = () =>
  fixture.start({ DEMO: '1', NODE_OPTIONS: `--import=${NETWORK.href}`, TEST_NETWORK: networkFile() });

/** Registers an endpoint as partners do. */
async function register(where: string, host = PUBLIC): Promise<string> {
  const body = { url: `http://${host}:${receiver.port}${where}`, events: ['operation_run.finished'] };
  const made = await callPartner(server.url, 'POST', '/webhooks', { body });
  expect(made.status, made.text).toBe(201);
  registered.push(String(made.body['id']));
  return String(made.body['id']);
}
const registered: string[] = [];
afterEach(async () => {
  for (const id of registered.splice(0)) await callPartner(server.url, 'DELETE', `/webhooks/${id}`);
});
const send = async (id: string) => {
  const { status } = await callPartner(server.url, 'POST', `/webhooks/${id}/test`);
  expect(status).toBe(202);
};

interface Delivery {
  readonly id: string;
  readonly event_id: string;
  readonly status: string;
  readonly attempts: number;
  readonly response_code: number | null;
  readonly failure: string | null;
  readonly next_attempt_at: string | null;
}
async function deliveries(id: string): Promise<Delivery[]> {
  const { body } = await callPartner(server.url, 'GET', `/webhooks/${id}/deliveries`);
  return body['items'] as Delivery[];
}
/** Waits until each of them was tried as often as this, and what came of it is on record. */
async function untilTried(id: string, attempts: number): Promise<Delivery[]> {
  const underWay = async () => {
    // While an attempt is made, the next one is a minute off, so that nobody else makes it.
    const { rows } = await fixture.owner.query(
      `SELECT id FROM webhook_deliveries WHERE endpoint_id = $1 AND (attempts <> $2
          OR status = 'queued' AND next_attempt_at BETWEEN now() + interval '40 s' AND now() + interval '61 s')`,
      [id, attempts],
    );
    return rows;
  };
  await vi.waitFor(async () => expect(await underWay()).toEqual([]), { timeout: 30_000, interval: 50 });
  return deliveries(id);
}
/** Lets its next attempts be made now, as if so many had been made before. */
const makeDue = (id: string, attempts: number) =>
  fixture.owner.query(
    'UPDATE webhook_deliveries SET next_attempt_at = now(), attempts = $2 WHERE endpoint_id = $1',
    [id, attempts],
  );

it('fails for days: tried again ever later under the same id, then switched off, and sent again when asked to', async () => {
  const id = await register('/answers');
  // As many as are tried side by side: the first that is given up ends those that wait.
  for (let sent = 0; sent < 5; sent += 1) await send(id);
  const came = () => receiver.received.get('/answers') ?? [];
  /** How long each waits, from the arrival of its last attempt on. */
  const waits = (all: Delivery[]) =>
    all.map(({ event_id, next_attempt_at }) => {
      const last = came().findLast((one) => one.id === event_id);
      return Date.parse(next_attempt_at ?? '') - (last?.at ?? NaN);
    });
  const first = await untilTried(id, 1);
  const refused = { status: 'queued', response_code: 500, failure: 'http_status' };
  expect(first).toMatchObject(first.map(() => refused));
  expect(Math.min(...waits(first))).toBeGreaterThanOrEqual(4_000);
  await makeDue(id, 1);
  expect(Math.min(...waits(await untilTried(id, 2)))).toBeGreaterThanOrEqual(10_000);
  await makeDue(id, 12);
  const late = waits(await untilTried(id, 13));
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0.8 * 12 * 3_600_000);
  // Whoever failed together does not come back together.
  expect(Math.max(...late) - Math.min(...late)).toBeGreaterThan(60_000);
  await makeDue(id, 13);
  expect((await untilTried(id, 14)).map((one) => one.status)).toEqual(first.map(() => 'failed'));
  expect(new Set(came().map((one) => one.id))).toEqual(new Set(first.map((one) => one.event_id)));
  expect(came()).toHaveLength(4 * first.length);

  expect((await callPartner(server.url, 'GET', `/webhooks/${id}`)).body['enabled']).toBe(false);
  const { runId } = await fixture.createTenant(server.url, 'untold');
  expect(await untilRun(server.url, runId, hasEnded)).toMatchObject({ status: 'succeeded' });
  expect(await deliveries(id)).toHaveLength(first.length);
  const on = await callPartner(server.url, 'PATCH', `/webhooks/${id}`, { body: { enabled: true } });
  expect(on.body['enabled']).toBe(true);
  answer = 200;
  const [one] = first;
  const again = await callPartner(server.url, 'POST', `/webhooks/deliveries/${one?.id}/redeliver`);
  expect(again.status).toBe(202);
  const isThere = async () => (await deliveries(id)).find((other) => other.id === one?.id);
  await vi.waitFor(
    async () =>
      expect(await isThere()).toMatchObject({
        status: 'delivered',
        attempts: 1,
        response_code: 200,
        failure: null,
      }),
    { timeout: 20_000, interval: 50 },
  );
  expect(came().at(-1)?.id).toBe(one?.event_id);
});

it('leads inside, by redirects or by a name that turns: nobody is sent there', async () => {
  const statuses = [301, 302, 307, 308];
  const ids = await Promise.all(statuses.map((status) => register(`/${status}`)));
  await Promise.all(ids.map(send));
  for (const [index, id] of ids.entries()) {
    expect(await untilTried(id, 1)).toMatchObject([{ status: 'queued', response_code: statuses[index] }]);
    expect(receiver.received.get(`/${statuses[index]}`)).toHaveLength(1);
  }
  expect(inside.connections).toBe(0);

  await name({ 'turning.example': PUBLIC });
  const turning = await register('/fine', 'turning.example');
  await send(turning);
  expect(await untilTried(turning, 1)).toMatchObject([{ status: 'delivered', response_code: 204 }]);
  await name({ 'turning.example': '127.0.0.1' });
  const { connections } = receiver;
  await makeDue(turning, 0);
  await fixture.owner.query(
    `UPDATE webhook_deliveries SET status = 'queued', response_code = NULL WHERE endpoint_id = $1`,
    [turning],
  );
  expect(await untilTried(turning, 1)).toMatchObject([
    { status: 'queued', response_code: null, failure: 'private_address' },
  ]);
  expect(receiver.connections).toBe(connections);
});

it('is not there: what stands in the way is on record', async () => {
  const nameless = await register('/fine', 'nameless.example');
  await send(nameless);
  expect(await untilTried(nameless, 1)).toMatchObject([{ response_code: null, failure: 'dns' }]);
});

it('is slow, or never ends: given up after a while, and everybody else is told meanwhile', async () => {
  const paths = ['/silent', '/dripping', '/endless', '/fine'];
  const ids = await Promise.all(paths.map((where) => register(where)));
  const [silent = '', dripping = '', endless = '', fine = ''] = ids;
  const { runId } = await fixture.createTenant(server.url, 'told');
  expect(await untilRun(server.url, runId, hasEnded)).toMatchObject({ status: 'succeeded' });
  for (const id of [silent, dripping])
    expect(await untilTried(id, 1)).toMatchObject([
      { status: 'queued', response_code: null, failure: 'timeout' },
    ]);
  expect(await deliveries(endless)).toMatchObject([{ status: 'delivered', response_code: 200 }]);
  expect(await deliveries(fine)).toMatchObject([{ status: 'delivered', response_code: 204 }]);
  await vi.waitFor(() => expect(receiver.open('/endless')).toBe(0));
  await fixture.check(server.url);
});

it('is slow when the server has to end: out within 10 s with 0, and the next process tells it at once', async () => {
  const id = await register('/silent');
  const before = receiver.received.get('/silent')?.length ?? 0;
  await send(id);
  const arrivals = () =>
    receiver.received
      .get('/silent')
      ?.slice(before)
      .map((one) => one.id) ?? [];
  await vi.waitFor(() => expect(arrivals()).toHaveLength(1), { timeout: 20_000 });
  const ended = await Promise.race([endServer(server), sleep(10_000, 'still there')]);
  expect(ended, server.output()).toBe(0);
  server = await start();
  await vi.waitFor(() => expect(arrivals()).toHaveLength(2), { timeout: 20_000 });
  expect(new Set(arrivals()).size).toBe(1);
});
