/** Webhook endpoints and what was sent to them. */
import { z } from 'zod';
import { instant, term } from '../text.js';
import { withDefault } from './absent.js';
import { growingEnum } from './growing-enum.js';
import { id, listOf } from './shared.js';

export const WEBHOOK_EVENTS = [
  'tenant.created',
  'tenant.updated',
  'tenant.deleted',
  'tenant.creation_failed',
  'operation_run.finished',
  'managed_tenant.verified',
  'managed_tenant.onboarded',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** Why an attempt to deliver came to nothing. */
export const WEBHOOK_FAILURES = [
  'http_status',
  'timeout',
  'dns',
  'connection',
  'tls',
  'private_address',
] as const;
export type WebhookFailure = (typeof WEBHOOK_FAILURES)[number];

const webhookFields = {
  url: term(2_000)
    .pipe(z.url({ protocol: /^https?$/, error: 'Must be an http or https URL' }))
    .meta({ format: 'uri' }),
  events: z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(WEBHOOK_EVENTS.length),
};
export const newWebhook = z.strictObject(webhookFields).meta({ id: 'WebhookInput' });
export const webhookPatch = z
  .strictObject({ ...webhookFields, enabled: z.boolean() })
  .partial()
  .meta({ id: 'WebhookPatch' });
/** Hours for which the old secret still signs too. */
export const rotateWebhookSecret = z
  .strictObject({ overlap_hours: withDefault(z.number().int().min(0).max(168), 24) })
  .meta({ id: 'RotateWebhookSecret' });
export const webhook = z
  .object({
    id,
    url: z.string(),
    events: z.array(growingEnum(WEBHOOK_EVENTS)),
    enabled: z
      .boolean()
      .meta({ description: 'False after days of failed deliveries, or because it was switched off' }),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Webhook' });
export const webhookList = listOf(webhook).meta({ id: 'WebhookList' });
export const createdWebhook = webhook
  .extend({
    secret: z
      .string()
      .meta({ description: 'Signs the deliveries (`whsec_…`): shown in this answer and never again' }),
  })
  .meta({ id: 'CreatedWebhook' });
export const webhookDelivery = z
  .object({
    id,
    webhook_id: id,
    event_id: id.meta({ description: 'The `webhook-id` of every attempt' }),
    event: z.string(),
    status: z.enum(['queued', 'delivered', 'failed']),
    attempts: z.number().int(),
    response_code: z.number().int().nullable(),
    failure: growingEnum(WEBHOOK_FAILURES)
      .nullable()
      .meta({
        description:
          'Why the last attempt came to nothing: an answer other than 2xx, none within ten seconds, a name without an ' +
          'address, no connection, no TLS that can be trusted, or an address that is not public',
      }),
    next_attempt_at: instant.nullable(),
    created_at: instant,
    delivered_at: instant.nullable(),
  })
  .meta({ id: 'WebhookDelivery' });
export const webhookDeliveryList = listOf(webhookDelivery).meta({ id: 'WebhookDeliveryList' });
