import type { AppContext } from '../app-context.js';
import { startOutboxLoop, type OutboxLoop } from '../outbox-loop.js';
import { createWebhookDelivery } from './deliver-webhooks.js';
import { isPublicAddress } from './public-address.js';
import type { WebhookProxy } from './webhook-proxy.js';

/** Delivers queued webhooks for as long as the process lives. */
export function startWebhookDelivery(
  app: Pick<AppContext, 'db' | 'keys'>,
  onError: (error: unknown) => void,
  isAllowed: (address: string) => boolean = isPublicAddress,
  proxy: WebhookProxy | null = null,
): OutboxLoop {
  const delivery = createWebhookDelivery(app, onError, isAllowed, proxy);
  const loop = startOutboxLoop((signal) => delivery.deliverDue(signal), onError);
  return {
    async stop() {
      await loop.stop();
      await delivery.settled();
    },
  };
}
