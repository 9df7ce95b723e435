import type { House } from '../house.js';
import { unseal } from '../secrets/seal.js';
import { postWebhook } from './post-webhook.js';
import { isPublicAddress } from './public-address.js';
import { signWebhook } from './sign-webhook.js';

const CLAIM_MS = 60_000;
/** After about three days of refusals a delivery is given up, and its endpoint is switched off. */
const MAX_ATTEMPTS = 14;
/** How many deliveries a process has under way, and how many of them at one endpoint: whoever answers slowly keeps only itself waiting. */
const HANDS = 20;
const HANDS_OF_ONE = 5;

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

export interface WebhookDelivery {
  /**
   * Begins to deliver some of what is due, as soon as a hand is free, and tells how many. At least once, always with the
   * same `webhook-id`. `stop` breaks off what a receiver has not answered yet, and leaves it to the next worker.
   */
  deliverDue(stop: AbortSignal): Promise<number>;
  /** Waits for what is under way. */
  settled(): Promise<void>;
}

/** Delivers the webhooks of all partners side by side. `onError` is told of what is no receiver's fault. */
export function createWebhookDelivery(
  house: Pick<House, 'db' | 'keys'>,
  onError: (error: unknown) => void,
  isAllowed: (address: string) => boolean = isPublicAddress,
): WebhookDelivery {
  /** What is under way, and at which endpoint. */
  const underWay = new Map<Promise<void>, string>();
  return {
    async deliverDue(stop) {
      if (underWay.size > HANDS - HANDS_OF_ONE) await Promise.race(underWay.keys());
      const claimed = await claim(house, busiest([...underWay.values()]));
      for (const delivery of claimed) {
        const work = deliver(house, delivery, isAllowed, stop)
          .catch(onError) // the claim runs out, and it is delivered again
          .finally(() => underWay.delete(work));
        underWay.set(work, delivery.endpoint_id);
      }
      return claimed.length;
    },
    settled: () => Promise.all(underWay.keys()).then(() => undefined),
  };
}

/** Endpoints that have all the hands one may have. */
function busiest(endpoints: readonly string[]): string[] {
  const handsAt = (endpoint: string) => endpoints.filter((id) => id === endpoint).length;
  return endpoints.filter((endpoint) => handsAt(endpoint) >= HANDS_OF_ONE);
}

function claim({ db }: Pick<House, 'db'>, busy: readonly string[]): Promise<Claimed[]> {
  return db.prisma.$queryRaw<Claimed[]>`
    UPDATE webhook_deliveries d SET attempts = d.attempts + 1, next_attempt_at = now() + ${CLAIM_MS} * interval '1 ms'
      FROM webhook_endpoints e
     WHERE e.id = d.endpoint_id
       AND d.id IN (SELECT id FROM webhook_deliveries WHERE status = 'queued' AND next_attempt_at <= now()
                       AND endpoint_id <> ALL (${busy}::uuid[])
                     ORDER BY next_attempt_at LIMIT ${HANDS_OF_ONE} FOR UPDATE SKIP LOCKED)
    RETURNING d.id, d.endpoint_id, e.partner_id, d.event_id, d.payload, d.attempts, e.url, e.secret_ciphertext`;
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
