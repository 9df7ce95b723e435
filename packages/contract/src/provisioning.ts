/** The partner plane: REST bodies and answers, and the same as tRPC. snake_case, as partners see it. */
import { z } from 'zod';
import { OPERATION_TYPES } from './operation-types.js';
import { runEvent, RUN_STATUSES, STEP_STATUSES } from './operations.js';
import { PARTNER_ROLES, PERMISSIONS } from './permissions.js';
import { REASON_CODES, type ReasonCode } from './reason-codes.js';
import { email, instant, line, term } from './text.js';

const code = z
  .enum(REASON_CODES as [ReasonCode, ...ReasonCode[]])
  .meta({ id: 'ReasonCode', description: 'Why: a closed list; the code is the contract' });
// What goes out is as it is stored: no transformation, so that the OpenAPI document can say its type.
const id = z.guid().meta({ examples: ['0190f3c2-7b1e-7c3a-9d2f-5b8a6e4c1d20'] });
/** A tenant's business line as the documents name it: `basic`, `professional`, `enterprise` or one of the partner's own. */
export const contractLine = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'Must be lower case letters, digits, - and _; at most 40')
  .meta({ examples: ['basic', 'professional', 'enterprise'] });
const phoneNumber = z
  .string()
  .max(40)
  .transform((value) => value.trim())
  .pipe(z.string().regex(/^\+?[0-9 ()./-]{3,40}$/, 'Must be a phone number'))
  .meta({ examples: ['+1234567890'] });
const clientName = line(200).meta({ description: 'Display name of the tenant', examples: ['Example Corp'] });
const industry = line(100).meta({ examples: ['Technology'] });
const adminUser = z.strictObject({ first_name: line(100), last_name: line(100) });

export const TENANT_STATUSES = ['provisioning', 'active', 'suspended', 'deleting', 'failed'] as const;

export const newTenant = z
  .strictObject({
    client_name: clientName,
    email: email.meta({
      description: 'E-mail of the tenant and of its admin user; one tenant per address',
      examples: ['admin@example.com'],
    }),
    phone_number: phoneNumber.optional(),
    industry: industry.optional(),
    admin_user: adminUser.optional(),
    company_name: line(200).optional(),
    contract_line: contractLine.default('basic'),
    credential_delivery: z.enum(['temporary_password', 'setup_link']).default('temporary_password'),
    failure_policy: z.enum(['rollback', 'hold']).default('rollback'),
  })
  .meta({ id: 'NewTenant' });

export const tenant = z
  .object({
    tenant: id,
    client_name: z.string(),
    email: z.string(),
    phone_number: z.string().nullable(),
    industry: z.string().nullable(),
    created_at: instant,
    updated_at: instant,
    status: z.enum(TENANT_STATUSES),
    operation_run_id: id
      .nullable()
      .meta({ description: 'The run that creates or last changed the tenant; null where none is known' }),
  })
  .meta({ id: 'Tenant' });
export type ProvisionedTenant = z.infer<typeof tenant>;

const tenantFields = {
  client_name: clientName,
  phone_number: phoneNumber.nullable(),
  industry: industry.nullable(),
};
/** Fields that are left out stay as they are. */
export const tenantPatch = z.strictObject(tenantFields).partial().meta({ id: 'TenantPatch' });
/** Fields that are left out become null. */
export const tenantPut = z
  .strictObject({
    ...tenantFields,
    phone_number: phoneNumber.nullish().default(null),
    industry: industry.nullish().default(null),
  })
  .meta({ id: 'TenantPut' });

export const configuration = z
  .strictObject({
    contract_line: contractLine,
    email_provider: z.enum(['resend', 'ses', 'smtp']),
    fallback_enabled: z.boolean(),
    tracking_enabled: z.boolean(),
  })
  .meta({ id: 'TenantConfiguration' });

export const pageQuery = z.strictObject({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const tenantQuery = pageQuery.extend({
  status: z.enum(TENANT_STATUSES).optional(),
  q: line(100).optional().meta({ description: 'Part of the name or of the e-mail address' }),
});
const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next_cursor: z.string().nullable() });
export const tenantList = listOf(tenant).meta({ id: 'TenantList' });

const runStep = z.object({
  name: z.string(),
  title: z.string(),
  status: z.enum(STEP_STATUSES),
  attempt: z.number().int(),
  reason_code: code.nullable(),
  message: z.string().nullable(),
  started_at: instant.nullable(),
  finished_at: instant.nullable(),
});

export const operationRun = z
  .object({
    id,
    type: z.enum(OPERATION_TYPES),
    status: z.enum(RUN_STATUSES),
    progress: z.number().int().min(0).max(100),
    step: z.string().nullable(),
    attempt: z.number().int(),
    reason_code: code.nullable(),
    message: z.string().nullable(),
    warnings: z.array(z.object({ reason_code: code, message: z.string() })),
    waiting_until: instant.nullable(),
    held: z
      .boolean()
      .meta({ description: 'Parked after a late failure under policy `hold`: resume it or roll it back' }),
    result: z.record(z.string(), z.unknown()).nullable().meta({
      description:
        'Of a creation: tenant_id, admin_user_id, company_id, workspace_id, contract_line, temporary_password, email_sent, success, created_at',
    }),
    steps: z.array(runStep),
    tenant: id.nullable(),
    created_at: instant,
    started_at: instant.nullable(),
    finished_at: instant.nullable(),
  })
  .meta({ id: 'OperationRun' });
export type ProvisioningRun = z.infer<typeof operationRun>;

export const runStarted = z
  .object({ operation_run_id: id, status: z.enum(RUN_STATUSES) })
  .meta({ id: 'OperationRunStarted' });
export const cancelRun = z.strictObject({ reason: line(500).optional() }).meta({ id: 'CancelRun' });
export const updateRun = z
  .strictObject({ field: z.literal('contractLine'), value: contractLine })
  .meta({ id: 'UpdateRun' });
export const rollBackRun = z.strictObject({ dry_run: z.boolean().default(true) }).meta({ id: 'RollBackRun' });
export const rollBack = z
  .object({
    operation_run_id: id,
    dry_run: z.boolean(),
    status: z.enum(RUN_STATUSES),
    items: z.array(z.object({ step: z.string(), what: z.string(), id: z.string() })),
  })
  .meta({ id: 'RollBack' });
export { runEvent };

const keyFields = {
  name: line(100),
  roles: z.array(z.enum(PARTNER_ROLES)).min(1).default(['partner-admin']),
  permissions: z.array(z.enum(PERMISSIONS)).min(1),
  expires_at: instant.nullish().default(null),
};
export const newApiKey = z.strictObject(keyFields).meta({ id: 'NewApiKey' });
export const apiKeyPatch = z.strictObject({ name: line(100) }).meta({ id: 'ApiKeyPatch' });
/** Hours for which the old key still works. */
export const rotateApiKey = z
  .strictObject({ overlap_hours: z.number().int().min(0).max(168).default(24) })
  .meta({ id: 'RotateApiKey' });
export const apiKey = z
  .object({
    id,
    name: z.string(),
    prefix: z.string(),
    roles: z.array(z.enum(PARTNER_ROLES)),
    permissions: z.array(z.enum(PERMISSIONS)),
    created_by: z.string(),
    created_at: instant,
    expires_at: instant.nullable(),
    last_used_at: instant.nullable(),
  })
  .meta({ id: 'ApiKey' });
export const apiKeyList = listOf(apiKey).meta({ id: 'ApiKeyList' });
export const createdApiKey = apiKey
  .extend({ key: z.string().meta({ description: 'The key itself: shown in this answer and never again' }) })
  .meta({ id: 'CreatedApiKey' });

/** RFC 9457, with the members of this API. */
export const problemDetails = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    reason_code: code,
    request_id: z.string(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    existing_id: id
      .optional()
      .meta({ description: "On `tenant.duplicate`: the tenant that exists, where it is the caller's own" }),
  })
  .meta({ id: 'Problem' });

export const accessToken = z
  .object({
    access_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: z.number().int(),
    scope: z.string(),
  })
  .meta({ id: 'AccessToken' });
export const oauthError = z
  .object({
    error: z.enum([
      'invalid_request',
      'invalid_client',
      'invalid_grant',
      'unauthorized_client',
      'unsupported_grant_type',
      'invalid_scope',
    ]),
    error_description: z.string().optional(),
  })
  .meta({ id: 'OAuthError' });

export const MAX_BULK_ROWS = 10_000;
/** One answer for each row of a bulk request, in its order. */
export const bulkResult = z
  .object({
    accepted: z.number().int(),
    refused: z.number().int(),
    items: z.array(
      z.object({
        row: z.number().int().min(1),
        status: z.enum(['accepted', 'refused']),
        tenant: id.nullable(),
        operation_run_id: id.nullable(),
        reason_code: code.nullable(),
        errors: z.array(z.object({ field: z.string(), message: z.string() })),
      }),
    ),
  })
  .meta({ id: 'BulkResult' });
export type BulkRow = z.infer<typeof bulkResult>['items'][number];

export const analyticsQuery = z.strictObject({ days: z.coerce.number().int().min(1).max(365).default(30) });
/** Of the last `days` days, in UTC; tenants are counted as they are now. */
export const analytics = z
  .object({
    days: z.number().int(),
    tenants: z.record(z.string(), z.number().int()),
    creations: z.object({
      succeeded: z.number().int(),
      failed: z.number().int(),
      live: z.number().int(),
      median_ms: z.number().int().nullable(),
      p95_ms: z.number().int().nullable(),
    }),
    failures: z.array(z.object({ reason_code: z.string(), count: z.number().int() })),
    per_day: z.array(z.object({ date: z.iso.date(), succeeded: z.number().int(), failed: z.number().int() })),
  })
  .meta({ id: 'Analytics' });

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

const webhookFields = {
  url: term(2_000)
    .pipe(z.url({ protocol: /^https?$/, error: 'Must be an http or https URL' }))
    .meta({ format: 'uri' }),
  events: z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(WEBHOOK_EVENTS.length),
};
export const newWebhook = z.strictObject(webhookFields).meta({ id: 'NewWebhook' });
export const webhookPatch = z
  .strictObject({ ...webhookFields, enabled: z.boolean() })
  .partial()
  .meta({ id: 'WebhookPatch' });
export const webhook = z
  .object({
    id,
    url: z.string(),
    events: z.array(z.enum(WEBHOOK_EVENTS)),
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
    next_attempt_at: instant.nullable(),
    created_at: instant,
    delivered_at: instant.nullable(),
  })
  .meta({ id: 'WebhookDelivery' });
export const webhookDeliveryList = listOf(webhookDelivery).meta({ id: 'WebhookDeliveryList' });
