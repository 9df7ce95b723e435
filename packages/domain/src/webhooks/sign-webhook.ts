import { createHmac, randomBytes } from 'node:crypto';

/** A new signing secret: `whsec_` and 192 random bits in base64 (Standard Webhooks, "Signature scheme"). */
export function createWebhookSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`;
}

/**
 * The headers of a delivery: id, timestamp in seconds and, of every secret, the signature over both and the body, separated
 * by spaces (Standard Webhooks). A receiver takes it by any of them.
 */
export function signWebhook(
  secrets: readonly string[],
  eventId: string,
  body: string,
  now: Date,
): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    return `v1,${createHmac('sha256', key).update(`${eventId}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': eventId,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
