import type { House } from '../house.js';
import { unseal } from '../secrets/seal.js';
import { postWebhook } from './post-webhook.js';
import { isPublicAddress } from './public-address.js';
import { signWebhook } from './sign-webhook.js';

const CLAIM_MS = 60_000;
/** After about three days of refusals a delivery is given up, and its endpoint is switched off. */
const MAX_ATTEMPTS = 14;
const BATCH = 10;

interface Claimed {
  readonly id: string;
  readonly endpoint_id: string;
  readonly partner_id: string;
  readonly event_id: string;
  readonly payload: unknown;
  readonly attempts: number;
  readonly url: string;
  readonly secret_ciphertext: string;
}

/** Where a webhook's secret is sealed. */
export const secretPlace = (partnerId: string, endpointId: string) => ({
  owner: partnerId,
  row: endpointId,
  field: 'webhook_secret',
});

/**
 * Delivers what is due, once through, and tells how many it took up. At least once, always with the same `webhook-id`.
 * `stop` breaks off what a receiver has not answered yet, and leaves it to the next worker.
 */
export async function deliverDueWebhooks(
  house: Pick<House, 'db' | 'keys'>,
  isAllowed: (address: string) => boolean = isPublicAddress,
  stop: AbortSignal = new AbortController().signal,
): Promise<number> {
  const claimed = await house.db.prisma.$queryRaw<Claimed[]>`
    UPDATE webhook_deliveries d SET attempts = d.attempts + 1, next_attempt_at = now() + ${CLAIM_MS} * interval '1 ms'
      FROM webhook_endpoints e
     WHERE e.id = d.endpoint_id
       AND d.id IN (SELECT id FROM webhook_deliveries WHERE status = 'queued' AND next_attempt_at <= now()
                     ORDER BY next_attempt_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
    RETURNING d.id, d.endpoint_id, e.partner_id, d.event_id, d.payload, d.attempts, e.url, e.secret_ciphertext`;
  await Promise.all(claimed.map((delivery) => deliver(house, delivery, isAllowed, stop)));
  return claimed.length;
}

async function deliver(
  house: Pick<House, 'db' | 'keys'>,
  delivery: Claimed,
  isAllowed: (address: string) => boolean,
  stop: AbortSignal,
): Promise<void> {
  const { prisma } = house.db;
  let status: number | null = null;
  try {
    const secret = await unseal(
      house.keys,
      secretPlace(delivery.partner_id, delivery.endpoint_id),
      delivery.secret_ciphertext,
    );
    const body = JSON.stringify(delivery.payload);
    status = await postWebhook(
      new URL(delivery.url),
      signWebhook(secret, delivery.event_id, body, new Date()),
      body,
      isAllowed,
      stop,
    );
  } catch {
    // Refused, broken off, too slow: all the same, it is tried again.
  }
  if (status !== null && status >= 200 && status < 300) {
    await prisma.$executeRaw`
      UPDATE webhook_deliveries SET status = 'delivered', response_code = ${status}, delivered_at = now() WHERE id = ${delivery.id}::uuid`;
    return;
  }
  if (status === null && stop.aborted) {
    // Nobody but us broke it off: it does not count as an attempt, and need not wait.
    await prisma.$executeRaw`
      UPDATE webhook_deliveries SET attempts = attempts - 1, next_attempt_at = now() WHERE id = ${delivery.id}::uuid`;
    return;
  }
  const isGivenUp = delivery.attempts >= MAX_ATTEMPTS;
  const delayMs = Math.round(
    Math.min(5_000 * 2.5 ** (delivery.attempts - 1), 12 * 3_600_000) * (0.8 + Math.random() * 0.4),
  );
  // 410 Gone: the receiver says that nobody is there any more (Standard Webhooks).
  const isOff = isGivenUp || status === 410;
  await prisma.$executeRaw`
    WITH off AS (UPDATE webhook_endpoints SET disabled_at = coalesce(disabled_at, now()) WHERE id = ${delivery.endpoint_id}::uuid AND ${isOff})
    UPDATE webhook_deliveries SET status = ${isOff ? 'failed' : 'queued'}, response_code = ${status},
           next_attempt_at = now() + ${delayMs} * interval '1 ms'
     WHERE id = ${delivery.id}::uuid`;
}
