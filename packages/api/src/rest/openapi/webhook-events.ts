/** What Gangway posts to the endpoints of partners, as the `webhooks` of the OpenAPI document. */
import { WEBHOOK_PAYLOADS } from '@gangway/contract/provisioning/webhook-events';
import { WEBHOOK_EVENTS, type WebhookEvent } from '@gangway/contract/provisioning/webhooks';
import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';

/** Apart from the tag of the calls: generators write one file for each tag, and the later one would replace the earlier. */
export const WEBHOOK_EVENT_TAG = {
  name: 'Webhook events',
  description: 'What Gangway posts to your endpoints',
};

const header = z.object({
  'webhook-id': z.uuid().meta({ description: "The event's id: the same for every attempt" }),
  'webhook-timestamp': z.string().meta({ description: 'When it is sent, in seconds since 1970' }),
  'webhook-signature': z.string().meta({
    description:
      '`v1,` and the HMAC-SHA256 of `webhook-id.webhook-timestamp.body` in base64. After a rotation one by each secret, separated by a space, until the overlap ends',
  }),
});

function operationOf(event: WebhookEvent): ZodOpenApiOperationObject {
  const { when, payload } = WEBHOOK_PAYLOADS[event];
  return {
    operationId: event,
    summary: when,
    description:
      'Signed as Standard Webhooks say. Told at least once: keep the ids. What is not answered with 2xx within ten seconds is sent again, for about two days.',
    tags: [WEBHOOK_EVENT_TAG.name],
    security: [],
    requestParams: { header },
    requestBody: { required: true, content: { 'application/json': { schema: payload } } },
    responses: {
      '2XX': { description: 'Taken' },
      410: { description: 'Nobody is there any more: the endpoint is switched off' },
    },
  };
}

/** One for each event, by its name. */
export const webhooks: ZodOpenApiPathsObject = Object.fromEntries(
  WEBHOOK_EVENTS.map((event) => [event, { post: operationOf(event) }]),
);
