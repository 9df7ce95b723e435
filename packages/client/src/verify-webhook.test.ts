import { Webhook } from 'standardwebhooks';
import { expect, expectTypeOf, test } from 'vitest';
import { verifyWebhook } from './verify-webhook.js';

const SECRET = `whsec_${Buffer.from('a secret of a test, long enough').toString('base64')}`;
const body = JSON.stringify({
  type: 'tenant.created',
  timestamp: '2026-11-02T08:15:00.000Z',
  data: { tenant: 't', operation_run_id: 'r', reason_code: null },
});
const sign = (at: Date, secret = SECRET) => ({
  'webhook-id': 'event-1',
  'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
  'webhook-signature': new Webhook(secret).sign('event-1', at, body),
});

test('gives the event with its type and its id, from headers of either kind and a body of either kind', () => {
  const headers = sign(new Date());
  const event = verifyWebhook(SECRET, headers, body);
  expect(event).toEqual({ id: 'event-1', ...(JSON.parse(body) as object) });
  if (event.type === 'tenant.created') expectTypeOf(event.data.operation_run_id).toEqualTypeOf<string>();
  const capitals = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]),
  );
  for (const form of [new Headers(headers), capitals])
    expect(verifyWebhook(SECRET, form, new TextEncoder().encode(body))).toEqual(event);
});

test('takes either of two signatures, as an endpoint gets them while its secret is rotated', () => {
  const headers = sign(new Date());
  const other = sign(new Date(), `whsec_${Buffer.from('another secret of this test').toString('base64')}`);
  const both = `${other['webhook-signature']} ${headers['webhook-signature']}`;
  expect(verifyWebhook(SECRET, { ...headers, 'webhook-signature': both }, body).id).toBe('event-1');
});

test.each([
  ['another body', sign(new Date()), body.replace('tenant.created', 'tenant.deleted')],
  ['an old timestamp', sign(new Date(Date.now() - 6 * 60_000)), body],
  ['a timestamp ahead', sign(new Date(Date.now() + 6 * 60_000)), body],
  ['no signature', { ...sign(new Date()), 'webhook-signature': '' }, body],
  ['no headers', {}, body],
])('throws for %s', (_, headers, text) => {
  expect(() => verifyWebhook(SECRET, headers, text)).toThrow();
});
