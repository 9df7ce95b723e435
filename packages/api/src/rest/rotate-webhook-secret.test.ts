import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWebhookDelivery } from '@gangway/domain/webhooks/deliver-webhooks';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { openPartnerApi } from './test-open-partner-api.js';

const api = await openPartnerApi({ withoutEngine: true });
const { prisma } = api.app.db;
const base = '/api/provisioning/webhooks';
let seen: { headers: Record<string, unknown>; body: string }[] = [];
let id = '';
/** The secrets that the test was told, in their order. */
let secrets: string[] = [];

const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    seen.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(204).end();
  });
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');
afterAll(() => void receiver.close());

beforeEach(async () => {
  const body = { url: 'https://93.184.215.14/hook', events: ['tenant.created'] };
  const made = await api.call('POST', base, { body });
  id = String(made.body['id']);
  secrets = [String(made.body['secret'])];
  // The receiver of a test lives inside, where no partner's may.
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  await prisma.webhookEndpoint.update({ where: { id }, data: { url } });
});
afterEach(() => prisma.webhookEndpoint.deleteMany({}));

async function rotate(body?: object, headers: Record<string, string> = {}) {
  const answer = await api.call('POST', `${base}/${id}/rotate-secret`, {
    headers,
    ...(body ? { body } : {}),
  });
  expect(answer.status).toBe(201);
  secrets.push(String(answer.body['secret']));
  return answer;
}

/** The secrets that sign what is delivered now, in the order of the signatures, each by when the test was told it. */
async function signers(): Promise<number[]> {
  seen = [];
  expect((await api.call('POST', `${base}/${id}/test`)).status).toBe(202);
  const failures: unknown[] = [];
  const delivery = createWebhookDelivery(
    api.app,
    (error) => failures.push(error),
    () => true,
  );
  while ((await delivery.deliverDue(new AbortController().signal)) > 0);
  expect([failures, seen.length]).toEqual([[], 1]);
  const [{ headers, body } = { headers: {}, body: '' }] = seen;
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  });
  return String(headers['webhook-signature'])
    .split(' ')
    .map((signature) => signatures.indexOf(signature));
}

/** As a process leaves a key when it dies between the commit and the answer. */
const forgetAnswer = (key: string) => prisma.$executeRaw`
  UPDATE idempotency_keys SET status = NULL, headers = NULL, body = NULL, locked_until = now() WHERE key = ${key}`;
const expiry = async () =>
  (await prisma.webhookEndpoint.findUniqueOrThrow({ where: { id } })).previousSecretExpiresAt;

test('both secrets sign for a day, then only the new one', async () => {
  expect(await signers()).toEqual([0]);
  const before = Date.now();
  const { body, headers } = await rotate();
  const [old, told] = secrets;
  expect([told === old, told?.startsWith('whsec_'), headers.get('location')]).toEqual([
    false,
    true,
    `${base}/${id}`,
  ]);
  const { secret: _told, ...webhook } = body;
  expect((await api.call('GET', `${base}/${id}`)).body).toEqual(webhook);
  expect(await signers()).toEqual([1, 0]);
  const hours = (((await expiry())?.getTime() ?? 0) - before) / 3_600_000;
  expect([Math.floor(hours * 10), Math.ceil(hours)]).toEqual([240, 25]);
  await prisma.$executeRaw`
    UPDATE webhook_endpoints SET previous_secret_expires_at = now() WHERE id = ${id}::uuid`;
  expect(await signers()).toEqual([1]);
});

test('without an overlap the old secret signs no more, and is not kept', async () => {
  await rotate({ overlap_hours: 0 });
  expect(await signers()).toEqual([1]);
  expect(await prisma.webhookEndpoint.findUniqueOrThrow({ where: { id } })).toMatchObject({
    previousSecretCiphertext: null,
    previousSecretExpiresAt: null,
  });
});

test('of two rotations within the overlap the secret in between is the old one', async () => {
  await rotate();
  await rotate({ overlap_hours: 168 });
  expect(await signers()).toEqual([2, 1]);
  await rotate({ overlap_hours: 0 });
  expect(await signers()).toEqual([3]);
});

test.each([{}, { overlap_hours: 0 }])(
  'an attempt with %o that died after its commit is told what it made, and the old secret stays what it was',
  async (body) => {
    const headers = { 'idempotency-key': `rotate-${id}` };
    const first = await rotate(body, headers);
    const [signing, ends] = [await signers(), await expiry()];
    const replayed = await rotate(body, headers);
    expect([replayed.text, replayed.headers.get('idempotent-replayed')]).toEqual([first.text, 'true']);
    await forgetAnswer(headers['idempotency-key']);
    const second = await rotate(body, headers);
    expect([second.text, second.headers.get('idempotent-replayed')]).toEqual([first.text, null]);
    expect([await signers(), await expiry()]).toEqual([signing, ends]);
    const done = { action: 'webhooks.rotateSecret', targetId: id };
    expect(await prisma.auditEvent.count({ where: done })).toBe(1);
  },
);

test('an attempt that died and is repeated after another rotation undoes nothing of that', async () => {
  const headers = { 'idempotency-key': `overtaken-${id}` };
  await rotate({}, headers);
  const later = await rotate();
  await forgetAnswer(headers['idempotency-key']);
  const again = await rotate({}, headers);
  expect(again.body).toEqual(later.body);
  secrets.pop();
  expect(await signers()).toEqual([2, 1]);
});

test('rotations at once leave the last secret, and the one before it', async () => {
  await Promise.all([rotate(), rotate(), rotate()]);
  const signing = await signers();
  expect([signing.length, new Set(signing).size, signing.includes(-1), signing.includes(0)]).toEqual([
    2,
    2,
    false,
    false,
  ]);
});

test('no secret is in the audit trail, nor in the clear in what is kept', async () => {
  await rotate({}, { 'idempotency-key': `kept-${id}` });
  const { rows } = await api.app.db.pool.query<{ kept: string }>(`
    SELECT to_jsonb(a)::text AS kept FROM audit_events a UNION ALL SELECT to_jsonb(w)::text FROM webhook_endpoints w
    UNION ALL SELECT to_jsonb(k)::text FROM idempotency_keys k`);
  const trail = await api.call('GET', '/api/provisioning/audit-events');
  expect(trail.body['items']).toContainEqual(expect.objectContaining({ action: 'webhooks.rotateSecret' }));
  const all = [trail.text, ...rows.map(({ kept }) => kept)].join('\n');
  const [, told = ''] = secrets;
  expect(rows.length).toBeGreaterThan(2);
  for (const secret of [...secrets, told.slice('whsec_'.length)]) expect(all).not.toContain(secret);
});

test('an endpoint of another partner is not found, and keeps its secret', async () => {
  const token = await api.tokenOf('other-partner');
  const answer = await api.call('POST', `${base}/${id}/rotate-secret`, { token });
  expect([answer.status, answer.body['reason_code']]).toEqual([404, 'resource.not_found']);
  expect(await signers()).toEqual([0]);
});
