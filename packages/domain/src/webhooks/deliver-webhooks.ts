import type { WebhookFailure } from '@gangway/contract/provisioning/webhooks';
import type { AppContext } from '../app-context.js';
import { idle } from '../outbox-loop.js';
import { unseal } from '../secrets/seal.js';
import { postWebhook, WebhookFailed } from './post-webhook.js';
import { isPublicAddress } from './public-address.js';
import { signWebhook } from './sign-webhook.js';
import { switchOffWebhook } from './switch-off-webhook.js';
import type { WebhookProxy } from './webhook-proxy.js';

const CLAIM_MS = 60_000;
/** After about two days of refusals a delivery is given up; its endpoint is switched off, unless it took others meanwhile. */
const MAX_ATTEMPTS = 14;
/**
 * How many deliveries a process has under way, and how many of them for one partner: receivers that answer slowly keep
 * nobody else's waiting.
 */
const MAX_IN_FLIGHT = 20;
const MAX_PER_PARTNER = 5;

interface Claimed {
  readonly id: string;
  readonly endpoint_id: string;
  readonly partner_id: string;
  readonly event_id: string;
  readonly payload: unknown;
  readonly attempts: number;
  readonly created_at: Date;
  readonly url: string;
  /** The newest first. */
  readonly secret_ciphertexts: readonly string[];
}

/** Where a webhook's secret is sealed, also when it is the one before the last rotation. */
export const secretPlace = (partnerId: string, endpointId: string) => ({
  owner: partnerId,
  row: endpointId,
  field: 'webhook_secret',
});

export interface WebhookDelivery {
  /**
   * Begins to deliver what is due and there is capacity for, and gives how many deliveries are under way then; where nothing
   * could be begun it first waits for one of them, or a while. At least once, always with the same `webhook-id`. `stop`
   * breaks off what a receiver has not answered yet, and leaves it to the next worker.
   */
  deliverDue(stop: AbortSignal): Promise<number>;
  /** Waits for what is under way. */
  settled(): Promise<void>;
}

/** Delivers the webhooks of all partners side by side. `onError` is told of what is no receiver's fault. */
export function createWebhookDelivery(
  app: Pick<AppContext, 'db' | 'keys'>,
  onError: (error: unknown) => void,
  isAllowed: (address: string) => boolean = isPublicAddress,
  proxy: WebhookProxy | null = null,
): WebhookDelivery {
  /** What is under way, and for which partner. */
  const underWay = new Map<Promise<void>, string>();
  return {
    async deliverDue(stop) {
      const capacity = MAX_IN_FLIGHT - underWay.size;
      const claimed = capacity > 0 ? await claim(app, [...underWay.values()], capacity) : [];
      for (const delivery of claimed) {
        const work = deliver(app, delivery, { isAllowed, proxy }, stop)
          .catch(onError) // the claim runs out, and it is delivered again
          .finally(() => underWay.delete(work));
        underWay.set(work, delivery.partner_id);
      }
      if (claimed.length === 0 && underWay.size > 0) await idle(stop, Promise.race(underWay.keys()));
      return underWay.size;
    },
    settled: () => Promise.all(underWay.keys()).then(() => undefined),
  };
}

/**
 * Takes up what is due, for every partner the first one before anybody's second. `partners`: whose deliveries are under
 * way, once for each.
 */
function claim(
  { db }: Pick<AppContext, 'db'>,
  partners: readonly string[],
  capacity: number,
): Promise<Claimed[]> {
  return db.prisma.$queryRaw<Claimed[]>`
    WITH busy AS (SELECT partner_id, count(*) AS in_flight FROM unnest(${partners}::uuid[]) AS u (partner_id) GROUP BY partner_id),
    due AS (
      SELECT q.id, q.next_attempt_at,
             coalesce(b.in_flight, 0) + row_number() OVER (PARTITION BY e.partner_id ORDER BY q.next_attempt_at) AS slot
        FROM webhook_endpoints e LEFT JOIN busy b ON b.partner_id = e.partner_id
       CROSS JOIN LATERAL (SELECT id, next_attempt_at FROM webhook_deliveries
                            WHERE endpoint_id = e.id AND status = 'queued' AND next_attempt_at <= now()
                            ORDER BY next_attempt_at LIMIT ${MAX_PER_PARTNER}) q
       WHERE coalesce(b.in_flight, 0) < ${MAX_PER_PARTNER})
    UPDATE webhook_deliveries d SET attempts = d.attempts + 1, next_attempt_at = now() + ${CLAIM_MS} * interval '1 ms'
      FROM webhook_endpoints e
     WHERE e.id = d.endpoint_id
       AND d.id IN (SELECT id FROM webhook_deliveries
                     WHERE id IN (SELECT id FROM due WHERE slot <= ${MAX_PER_PARTNER} ORDER BY slot, next_attempt_at LIMIT ${capacity})
                       AND status = 'queued' AND next_attempt_at <= now()
                       FOR UPDATE SKIP LOCKED)
    RETURNING d.id, d.endpoint_id, e.partner_id, d.event_id, d.payload, d.attempts, d.created_at, e.url,
              array_remove(ARRAY[e.secret_ciphertext, CASE WHEN e.previous_secret_expires_at > now()
                                                           THEN e.previous_secret_ciphertext END], NULL) AS secret_ciphertexts`;
}

async function deliver(
  app: Pick<AppContext, 'db' | 'keys'>,
  delivery: Claimed,
  { isAllowed, proxy }: { isAllowed: (address: string) => boolean; proxy: WebhookProxy | null },
  stop: AbortSignal,
): Promise<void> {
  const { prisma } = app.db;
  const place = secretPlace(delivery.partner_id, delivery.endpoint_id);
  // That we lack the key is no fault of the receiver's: it is told, and waits for the key as long as it takes.
  const secrets = await Promise.all(
    delivery.secret_ciphertexts.map((ciphertext) => unseal(app.keys, place, ciphertext)),
  ).catch(async (error: unknown) => {
    await takeAttemptBack(app, delivery, CLAIM_MS);
    throw error;
  });
  let status: number | null = null;
  let failure: WebhookFailure | null = 'http_status';
  try {
    const body = JSON.stringify(delivery.payload);
    status = await postWebhook(
      new URL(delivery.url),
      signWebhook(secrets, delivery.event_id, body, new Date()),
      body,
      isAllowed,
      stop,
      proxy,
    );
  } catch (error) {
    // What else goes wrong is tried again as well, and given up in the end.
    failure = error instanceof WebhookFailed ? error.failure : null;
  }
  if (status !== null && status >= 200 && status < 300) {
    await prisma.$executeRaw`
      UPDATE webhook_deliveries SET status = 'delivered', response_code = ${status}, failure = NULL, delivered_at = now() WHERE id = ${delivery.id}::uuid`;
    return;
  }
  if (status === null && stop.aborted) {
    // Nobody but us broke it off: it does not count as an attempt, and need not wait.
    await takeAttemptBack(app, delivery, 0);
    return;
  }
  const isGivenUp = delivery.attempts >= MAX_ATTEMPTS;
  const delayMs = Math.round(
    Math.min(5_000 * 2.5 ** (delivery.attempts - 1), 12 * 3_600_000) * (0.8 + Math.random() * 0.4),
  );
  // 410 Gone: the receiver says that nobody is there any more (Standard Webhooks).
  if (status === 410 || (isGivenUp && !(await wasAnswered(app, delivery))))
    await app.db.inTransaction((tx) => switchOffWebhook(tx, delivery.endpoint_id));
  // What goes to an endpoint that is off is tried once. An attempt may have been under way when it was switched off.
  await prisma.$executeRaw`
    UPDATE webhook_deliveries d SET response_code = ${status}, failure = ${failure}, next_attempt_at = now() + ${delayMs} * interval '1 ms',
           status = CASE WHEN ${isGivenUp} OR e.disabled_at IS NOT NULL THEN 'failed' ELSE d.status END
      FROM webhook_endpoints e
     WHERE e.id = d.endpoint_id AND d.id = ${delivery.id}::uuid`;
}

async function takeAttemptBack(
  { db }: Pick<AppContext, 'db'>,
  delivery: Claimed,
  delayMs: number,
): Promise<void> {
  await db.prisma.$executeRaw`
    UPDATE webhook_deliveries SET attempts = attempts - 1, next_attempt_at = now() + ${delayMs} * interval '1 ms'
     WHERE id = ${delivery.id}::uuid AND attempts = ${delivery.attempts}`;
}

/** Whether the endpoint took anything since the delivery was queued. Then it is that event which it refuses, not all. */
async function wasAnswered({ db }: Pick<AppContext, 'db'>, delivery: Claimed): Promise<boolean> {
  const taken = await db.prisma.webhookDelivery.findFirst({
    where: { endpointId: delivery.endpoint_id, deliveredAt: { gte: delivery.created_at } },
    select: { id: true },
  });
  return taken !== null;
}
