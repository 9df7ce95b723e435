import type { WebhookEvent } from '@gangway/contract/provisioning/webhook-event-types';
import { Webhook } from 'standardwebhooks';

export type { WebhookEvent };

/** The headers of a request, as the Fetch API or as Node's `http` has them. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

const HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

/**
 * Verifies a delivery and gives its event; `switch (event.type)` narrows `event.data`. `body` is the raw body: parsed and
 * written again, it no longer fits its signature. Events can come twice and out of order: `event.id` is the same each time.
 * @param secret `whsec_…`, as shown when the endpoint was created or its secret rotated
 * @throws WebhookVerificationError if the signature is wrong or missing, or the timestamp more than five minutes away
 */
export function verifyWebhook(
  secret: string,
  headers: WebhookHeaders,
  body: string | Uint8Array,
): WebhookEvent & { readonly id: string } {
  const signed = Object.fromEntries(HEADERS.map((name) => [name, readHeader(headers, name)]));
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const event = new Webhook(secret).verify(text, signed) as WebhookEvent;
  return { ...event, id: signed['webhook-id'] ?? '' };
}

function readHeader(headers: WebhookHeaders, name: string): string {
  if (headers instanceof Headers) return headers.get(name) ?? '';
  const [, value] = Object.entries(headers).find(([key]) => key.toLowerCase() === name) ?? [];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}
