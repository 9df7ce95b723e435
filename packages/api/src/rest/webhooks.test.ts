import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WEBHOOK_PAYLOADS } from '@gangway/contract/provisioning/webhook-events';
import type { WebhookEvent } from '@gangway/contract/provisioning/webhooks';
import { SealError } from '@gangway/domain/secrets/seal';
import { createWebhookDelivery } from '@gangway/domain/webhooks/deliver-webhooks';
import { startWebhookDelivery } from '@gangway/domain/webhooks/start-webhook-delivery';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openPartnerApi } from './test-open-partner-api.js';

const api = await openPartnerApi();
const base = '/api/provisioning/webhooks';
let receiver: Server;
let answers = 204;
/** What happens while an attempt is under way. */
let onArrival: () => Promise<unknown> = () => Promise.resolve();
let seen: { headers: Record<string, unknown>; body: string }[] = [];
let id = '';
let secret = '';

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      void onArrival().then(() =>
        response.writeHead(answers, { location: 'http://169.254.169.254/' }).end('x'),
      );
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => receiver.once('listening', resolve));
  const events = ['tenant.created', 'tenant.updated', 'tenant.deleted', 'operation_run.finished'];
  const made = await api.call('POST', base, { body: { url: 'https://93.184.215.14/hook', events } });
  expect(made.status).toBe(201);
  id = String(made.body['id']);
  secret = String(made.body['secret']);
  // The receiver of a test lives inside, where no partner's may.
  await api.app.db.prisma.webhookEndpoint.update({ where: { id }, data: { url: addressOf(receiver) } });
});
afterAll(() => void receiver.close());
beforeEach(async () => {
  answers = 204;
  onArrival = () => Promise.resolve();
  seen = [];
  await api.app.db.prisma.webhookDelivery.deleteMany({});
});

const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
/** What the schema of the event says of it; fields that it does not know are left out. */
const asDocumented = (event: { type: string }) =>
  WEBHOOK_PAYLOADS[event.type as WebhookEvent].payload.parse(event);
const anywhere = () => true;
/** Delivers everything that is due, to wherever it goes or only to public addresses. */
async function deliver(isAllowed?: (address: string) => boolean): Promise<void> {
  const failures: unknown[] = [];
  const delivery = createWebhookDelivery(api.app, (error) => failures.push(error), isAllowed);
  while ((await delivery.deliverDue(new AbortController().signal)) > 0);
  expect(failures).toEqual([]);
}
const deliveries = async () =>
  (await api.call('GET', `${base}/${id}/deliveries`)).body['items'] as Record<string, unknown>[];
const makeDue = () =>
  api.app.db.prisma.$executeRaw`UPDATE webhook_deliveries SET next_attempt_at = now() - interval '1 second'`;

test('a creation is told, signed as Standard Webhooks say, once per event', async () => {
  const created = await api.call('POST', '/api/provisioning/tenants', {
    body: { client_name: 'Hooked', email: 'hooked@example.com' },
  });
  await api.finished(String(created.body['operation_run_id']));
  await deliver(anywhere);
  expect(seen).toHaveLength(2);
  await deliver(anywhere);
  expect(seen).toHaveLength(2);
  const told = seen.map(({ body }) => JSON.parse(body) as { type: string; data: Record<string, unknown> });
  for (const event of told) expect(asDocumented(event)).toEqual(event);
  expect(told.map((event) => event.type).sort()).toEqual(['operation_run.finished', 'tenant.created']);
  expect(told.find((event) => event.type === 'tenant.created')?.data['tenant']).toBe(created.body['tenant']);
  for (const { headers, body } of seen) {
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    );
  }
  expect((await deliveries()).map((one) => [one['status'], one['response_code']])).toEqual([
    ['delivered', 204],
    ['delivered', 204],
  ]);
});

test('a receiver that fails is tried again under the same id, and an event can be sent again', async () => {
  answers = 500;
  expect((await api.call('POST', `${base}/${id}/test`)).status).toBe(202);
  await deliver(anywhere);
  const [waiting] = await deliveries();
  expect(waiting).toMatchObject({ status: 'queued', attempts: 1, response_code: 500 });
  await deliver(anywhere);
  expect(seen).toHaveLength(1);
  answers = 200;
  await makeDue();
  await deliver(anywhere);
  const again = await api.call('POST', `${base}/deliveries/${String(waiting?.['id'])}/redeliver`);
  expect(again.status).toBe(202);
  await deliver(anywhere);
  expect(new Set(seen.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([waiting?.['event_id']]));
  expect(seen).toHaveLength(3);
});

test('an event is not sent again where that cannot be put on record', async () => {
  const sent = await api.call('POST', `${base}/${id}/test`);
  await deliver(anywhere);
  const owner = new pg.Client({ connectionString: api.ownerUrl });
  await owner.connect();
  await owner.query(
    `ALTER TABLE audit_events ADD CONSTRAINT none CHECK (action <> 'webhooks.redeliver') NOT VALID`,
  );
  const refused = await api.call('POST', `${base}/deliveries/${String(sent.body['id'])}/redeliver`);
  await owner.query('ALTER TABLE audit_events DROP CONSTRAINT none');
  await owner.end();
  expect([refused.status, api.unexpected.splice(0)]).toEqual([500, [expect.anything()]]);
  expect(await deliveries()).toMatchObject([{ status: 'delivered' }]);
});

test('a test is marked as one, also for an endpoint that is switched off', async () => {
  await api.call('PATCH', `${base}/${id}`, { body: { enabled: false } });
  expect((await api.call('POST', `${base}/${id}/test`)).status).toBe(202);
  await api.call('PATCH', `${base}/${id}`, { body: { enabled: true } });
  await deliver(anywhere);
  const [event] = seen.map(({ body }) => JSON.parse(body) as { type: string; data: unknown });
  expect([event?.type, event?.data]).toEqual(['operation_run.finished', { test: true }]);
  if (event) expect(asDocumented(event)).toEqual(event);
});

test('a change and a deletion are told as they are documented', async () => {
  const made = await api.call('POST', '/api/provisioning/tenants', {
    body: { client_name: 'Told', email: 'told@example.com' },
  });
  await api.finished(String(made.body['operation_run_id']));
  const path = `/api/provisioning/tenants/${String(made.body['tenant'])}`;
  await api.call('PATCH', path, { body: { industry: 'Health' } });
  await api.finished(String((await api.call('DELETE', path)).body['operation_run_id']));
  await deliver(anywhere);
  const told = seen.map(({ body }) => JSON.parse(body) as { type: string });
  expect(told.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['tenant.updated', 'tenant.deleted', 'operation_run.finished']),
  );
  for (const event of told) expect(asDocumented(event)).toEqual(event);
});

test('an event that is named twice is wanted once', async () => {
  const events = ['tenant.deleted', 'tenant.deleted'];
  const made = await api.call('POST', base, { body: { url: 'https://93.184.215.14/twice', events } });
  expect(made.body['events']).toEqual(['tenant.deleted']);
});

test('a cursor is good for its own list only', async () => {
  const other = await api.call('POST', base, {
    body: { url: 'https://93.184.215.14/other', events: ['tenant.deleted'] },
  });
  const foreign = await api.call('POST', `${base}/${String(other.body['id'])}/test`);
  const answer = await api.call('GET', `${base}/${id}/deliveries?cursor=${String(foreign.body['id'])}`);
  expect([answer.status, (answer.body['errors'] as { field: string }[])[0]?.field]).toEqual([400, 'cursor']);
});

test('receivers that do not answer keep neither another partner nor a quick one waiting', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const other = { token: await api.tokenOf('other-partner') };
  const events = ['tenant.created'];
  const slow: string[] = [];
  for (const path of ['one', 'two', 'three']) {
    const made = await api.call('POST', base, {
      ...other,
      body: { url: `https://93.184.215.14/${path}`, events },
    });
    slow.push(String(made.body['id']));
  }
  const where = { id: { in: slow } };
  await api.app.db.prisma.webhookEndpoint.updateMany({ where, data: { url: addressOf(silent) } });
  for (const endpoint of slow)
    for (let count = 0; count < 10; count += 1) await api.call('POST', `${base}/${endpoint}/test`, other);
  for (let count = 0; count < 60; count += 1) await api.call('POST', `${base}/${id}/test`);
  const loop = startWebhookDelivery(api.app, (error) => expect.fail(String(error)), anywhere);
  await expect.poll(() => seen.length, { timeout: 8_000 }).toBe(60);
  const tried = { endpointId: { in: slow }, attempts: 1 };
  expect(await api.app.db.prisma.webhookDelivery.count({ where: tried })).toBe(5);
  await loop.stop();
  expect(await api.app.db.prisma.webhookDelivery.count({ where: tried })).toBe(0);
  silent.closeAllConnections();
  silent.close();
  for (const endpoint of slow) await api.call('DELETE', `${base}/${endpoint}`, other);
});

test('a redirect is not followed, and an address inside is never connected to', async () => {
  answers = 302;
  await api.call('POST', `${base}/${id}/test`);
  await deliver(anywhere);
  expect(seen).toHaveLength(1);
  expect((await deliveries())[0]).toMatchObject({
    status: 'queued',
    response_code: 302,
    failure: 'http_status',
  });
  await makeDue();
  await deliver();
  expect(seen).toHaveLength(1);
  expect((await deliveries())[0]).toMatchObject({
    status: 'queued',
    response_code: null,
    failure: 'private_address',
  });
});

test('who is gone is switched off and hears nothing more, and can be switched on', async () => {
  answers = 410;
  for (let count = 0; count < 7; count += 1) await api.call('POST', `${base}/${id}/test`);
  await deliver(anywhere);
  expect((await api.call('GET', `${base}/${id}`)).body['enabled']).toBe(false);
  // More than are sent side by side to one partner were never sent.
  expect(seen.length).toBeLessThan(7);
  expect((await deliveries()).map((one) => one['status'])).toEqual(Array(7).fill('failed'));
  expect((await api.call('PATCH', `${base}/${id}`, { body: { enabled: true } })).body['enabled']).toBe(true);
  await makeDue();
  await deliver(anywhere);
  expect(seen.length).toBeLessThan(7);
});

test('an endpoint that its partner switches off gets nothing that waits, and once what is asked for', async () => {
  answers = 500;
  await api.call('POST', `${base}/${id}/test`);
  await deliver(anywhere);
  await api.call('POST', `${base}/${id}/test`);
  await api.call('PATCH', `${base}/${id}`, { body: { enabled: false } });
  await makeDue();
  await deliver(anywhere);
  expect(seen).toHaveLength(1);
  const stopped = await deliveries();
  expect(stopped.map((one) => one['status'])).toEqual(['failed', 'failed']);
  await api.call('POST', `${base}/deliveries/${String(stopped[0]?.['id'])}/redeliver`);
  await deliver(anywhere);
  expect(seen).toHaveLength(2);
  expect((await deliveries())[0]).toMatchObject({ status: 'failed', attempts: 1, response_code: 500 });
  await api.call('PATCH', `${base}/${id}`, { body: { enabled: true } });
});

test('an endpoint that is switched off while an attempt is under way gets no other', async () => {
  const { prisma } = api.app.db;
  await api.call('POST', `${base}/${id}/test`);
  answers = 500;
  onArrival = () => api.call('PATCH', `${base}/${id}`, { body: { enabled: false } });
  await deliver(anywhere);
  expect(await deliveries()).toMatchObject([{ status: 'failed', attempts: 1, response_code: 500 }]);
  await prisma.webhookEndpoint.update({ where: { id }, data: { disabledAt: null } });
});

test('that the secret cannot be opened is told, and costs the receiver no attempt', async () => {
  await api.call('POST', `${base}/${id}/test`);
  const failures: unknown[] = [];
  const keys = [{ id: 'other', key: randomBytes(32) }] as const;
  const delivery = createWebhookDelivery({ ...api.app, keys }, (error) => failures.push(error), anywhere);
  await delivery.deliverDue(new AbortController().signal);
  await delivery.settled();
  expect(failures).toEqual([expect.any(SealError)]);
  expect(seen).toEqual([]);
  expect(await deliveries()).toMatchObject([{ status: 'queued', attempts: 0 }]);
  await makeDue();
  await deliver(anywhere);
  expect(await deliveries()).toMatchObject([{ status: 'delivered', attempts: 1 }]);
});

test('an event that is never taken is given up alone where others are taken, else with its endpoint', async () => {
  const { prisma } = api.app.db;
  const isOn = async () => (await api.call('GET', `${base}/${id}`)).body['enabled'];
  const lastAttempt = async () => {
    answers = 500;
    const { body } = await api.call('POST', `${base}/${id}/test`);
    await prisma.webhookDelivery.update({ where: { id: String(body['id']) }, data: { attempts: 13 } });
    return String(body['id']);
  };
  await api.call('POST', `${base}/${id}/test`);
  await deliver(anywhere);
  const poison = await lastAttempt();
  const healthy = { endpointId: id, status: 'delivered' };
  await prisma.webhookDelivery.updateMany({ where: healthy, data: { deliveredAt: new Date() } });
  await deliver(anywhere);
  expect((await deliveries()).find((one) => one['id'] === poison)?.['status']).toBe('failed');
  expect(await isOn()).toBe(true);
  await prisma.webhookDelivery.deleteMany({ where: healthy });
  await lastAttempt();
  await deliver(anywhere);
  expect(await isOn()).toBe(false);
  await api.call('PATCH', `${base}/${id}`, { body: { enabled: true } });
});

test.each([
  'http://127.0.0.1/',
  'http://[::1]/',
  'http://10.1.2.3/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://[::ffff:10.0.0.1]/',
  'http://localhost/',
  'https://user:pass@93.184.215.14/',
  'ftp://93.184.215.14/',
])('refuses to register %s', async (url) => {
  const answer = await api.call('POST', base, { body: { url, events: ['tenant.created'] } });
  expect([answer.status, (answer.body['errors'] as { field: string }[])[0]?.field]).toEqual([400, 'url']);
});
