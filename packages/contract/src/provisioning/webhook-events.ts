/** What is told of each event: the body of a delivery. */
import { z } from 'zod';
import { OPERATION_TYPES } from '../operation-types.js';
import { instant } from '../text.js';
import { RUN_STATUSES } from '../operations.js';
import { growingEnum } from './growing-enum.js';
import { code, id } from './shared.js';
import { tenant } from './tenants.js';
import type { WebhookEvent as WebhookBody } from './webhook-event-types.js';
import type { WebhookEvent } from './webhooks.js';

const ofTenant = z
  .object({
    tenant: id,
    operation_run_id: id,
    reason_code: code.nullable().meta({ description: 'Null if all went well' }),
  })
  .meta({ id: 'TenantEventData' });
const ofDirectory = z.object({ workspace_id: id, managed_tenant_id: id });

/** Both told of runs that ended, and to try an endpoint out. */
const ofRun = z
  .union([
    z.object({
      operation_run_id: id,
      type: growingEnum(OPERATION_TYPES),
      status: z.enum(RUN_STATUSES),
      reason_code: code.nullable(),
    }),
    z.object({
      test: z
        .literal(true)
        .meta({ description: 'Of `POST /api/provisioning/webhooks/{id}/test`: of no run, and alone' }),
    }),
  ])
  .meta({ id: 'FinishedRun' });

/** `TenantCreationFailedEvent` of `tenant.creation_failed`. */
const toEventName = (event: WebhookEvent) =>
  `${event.replace(/(?:^|[._])(\w)/g, (_match, letter: string) => letter.toUpperCase())}Event`;

const told = <Event extends WebhookEvent, Data extends z.ZodType>(
  event: Event,
  when: string,
  data: Data,
) => ({
  when,
  payload: z.object({ type: z.literal(event), timestamp: instant, data }).meta({ id: toEventName(event) }),
});

/** When each event is told, and with which payload. */
export const WEBHOOK_PAYLOADS = {
  'tenant.created': told('tenant.created', 'A tenant is ready', ofTenant),
  'tenant.updated': told(
    'tenant.updated',
    'A tenant was changed, configured, suspended or reactivated',
    tenant,
  ),
  'tenant.deleted': told('tenant.deleted', 'A tenant is gone', ofTenant),
  'tenant.creation_failed': told('tenant.creation_failed', 'A tenant could not be created', ofTenant),
  'operation_run.finished': told('operation_run.finished', 'A run has ended', ofRun),
  'managed_tenant.verified': told(
    'managed_tenant.verified',
    'A connection to a directory was verified',
    ofDirectory
      .extend({ operation_run_id: id, reason_code: code.nullable() })
      .meta({ id: 'ManagedTenantVerifiedEventData' }),
  ),
  'managed_tenant.onboarded': told(
    'managed_tenant.onboarded',
    'Somebody completed the onboarding of a directory',
    ofDirectory.meta({ id: 'ManagedTenantOnboardedEventData' }),
  ),
} as const satisfies {
  [Event in WebhookEvent]: { when: string; payload: z.ZodType<Extract<WebhookBody, { type: Event }>> };
};
