import type { House } from '../house.js';
import { startOutboxLoop, type OutboxLoop } from '../outbox-loop.js';
import { deliverDueWebhooks } from './deliver-webhooks.js';
import { isPublicAddress } from './public-address.js';

/** Delivers queued webhooks for as long as the process lives. */
export function startWebhookDelivery(
  house: Pick<House, 'db' | 'keys'>,
  onError: (error: unknown) => void,
): OutboxLoop {
  return startOutboxLoop((signal) => deliverDueWebhooks(house, isPublicAddress, signal), onError);
}
