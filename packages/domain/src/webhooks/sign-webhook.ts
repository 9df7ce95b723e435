import { createHmac, randomBytes } from 'node:crypto';

/** A new signing secret: `whsec_` and 192 random bits in base64 (Standard Webhooks, "Signature scheme"). */
export function createWebhookSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`;
}

/** The headers of a delivery: id, timestamp in seconds and the signature over both and the body (Standard Webhooks). */
export function signWebhook(
  secret: string,
  eventId: string,
  body: string,
  now: Date,
): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${eventId}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': eventId, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
