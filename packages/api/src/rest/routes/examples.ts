/** Answers as they look, for the OpenAPI document; a test holds each to the schema of its route. */

const TENANT = '550e8400-e29b-41d4-a716-446655440000';
const RUN = '0190f3c2-7b1e-7c3a-9d2f-5b8a6e4c1d20';
const AT = '2025-02-10T16:30:00.000Z';
const LATER = '2025-02-10T16:30:02.000Z';

const listOf = (item: object) => ({ items: [item], next_cursor: null });

export const tenant = {
  tenant: TENANT,
  client_name: 'Example Corp',
  email: 'admin@example.com',
  phone_number: '+1234567890',
  industry: 'Technology',
  created_at: AT,
  updated_at: AT,
  status: 'provisioning',
  operation_run_id: RUN,
};
export const activeTenant = { ...tenant, status: 'active', updated_at: LATER };
export const suspendedTenant = { ...tenant, status: 'suspended', updated_at: LATER };
export const tenantList = listOf(activeTenant);
export const tenantDeletion = {
  ...listOf({
    user_id: '0190f3c2-7b1e-7c3a-9d2f-5b8a6e4c1d21',
    email: 'admin@example.com',
    role: 'owner',
    account_ends: true,
  }),
  tenant: TENANT,
  memberships_ended: 1,
  accounts_ended: 1,
};
export const configuration = {
  contract_line: 'professional',
  email_provider: 'resend',
  fallback_enabled: true,
  tracking_enabled: false,
};

export const runStarted = { operation_run_id: RUN, status: 'queued' };
const step = (name: string, title: string) => ({
  ...{ name, title, status: 'succeeded', attempt: 1, reason_code: null, message: null },
  ...{ started_at: AT, finished_at: LATER },
});
const runSummary = {
  id: RUN,
  type: 'tenant.create',
  status: 'succeeded',
  progress: 100,
  ...{ step: null, attempt: 1, reason_code: null, message: null, warnings: [] },
  ...{ waiting_until: null, held: false },
  tenant: TENANT,
  ...{ created_at: AT, started_at: AT, finished_at: LATER },
};
export const operationRunList = listOf(runSummary);
export const operationRun = {
  ...runSummary,
  result: {
    tenant_id: TENANT,
    admin_user_id: '0190f3c2-7b1e-7c3a-9d2f-5b8a6e4c1d21',
    company_id: null,
    workspace_id: '0190f3c2-7b1e-7c3a-9d2f-5b8a6e4c1d22',
    contract_line: 'basic',
    temporary_password: 'ExAmp-LePas-SwOrd-ShOwn',
    email_sent: true,
    success: true,
    created_at: LATER,
  },
  steps: [
    step('creating_tenant', 'Create the tenant'),
    step('creating_admin_user', 'Create the admin user'),
    step('setting_up_data', 'Set up the data'),
    step('sending_welcome_email', 'Send the welcome mail'),
  ],
};
export const rollBack = {
  operation_run_id: RUN,
  dry_run: true,
  status: 'failed',
  items: [{ step: 'creating_tenant', what: 'tenant', id: TENANT }],
};

export const apiKey = {
  id: '0190f3c2-7b1e-7c3a-9d2f-5b8a6e4c1d30',
  name: 'CRM',
  prefix: 'gwk_V1StGXR8_Z5j',
  roles: ['integration-user'],
  permissions: ['tenant:read'],
  created_by: 'demo-partner',
  ...{ created_at: AT, expires_at: null, last_used_at: LATER },
};
export const apiKeyList = listOf(apiKey);
export const createdApiKey = {
  ...apiKey,
  last_used_at: null,
  key: 'gwk_V1StGXR8_Z5jexample-of-a-key-shown-once-1234',
};

export const webhook = {
  id: '0190f3c2-7b1e-7c3a-9d2f-5b8a6e4c1d40',
  url: 'https://hooks.example.com/gangway',
  events: ['tenant.created', 'tenant.creation_failed'],
  ...{ enabled: true, created_at: AT, updated_at: AT },
};
export const webhookList = listOf(webhook);
export const createdWebhook = { ...webhook, secret: 'whsec_ZXhhbXBsZSBvZiBhIHNlY3JldCBzaG93bg==' };
export const webhookDelivery = {
  id: '0190f3c2-7b1e-7c3a-9d2f-5b8a6e4c1d50',
  webhook_id: webhook.id,
  event_id: '0190f3c2-7b1e-7c3a-9d2f-5b8a6e4c1d51',
  event: 'operation_run.finished',
  ...{ status: 'queued', attempts: 0, response_code: null, failure: null, next_attempt_at: AT },
  ...{ created_at: AT, delivered_at: null },
};
export const webhookDeliveryList = listOf(webhookDelivery);

export const analytics = {
  days: 30,
  tenants: { active: 41, suspended: 1 },
  creations: { succeeded: 42, failed: 1, live: 0, median_ms: 1_800, p95_ms: 4_200 },
  failures: [{ reason_code: 'run.timeout', count: 1 }],
  per_day: [{ date: '2025-02-10', succeeded: 42, failed: 1 }],
};

export const auditEventList = listOf({
  id: '0190f3c2-7b1e-7c3a-9d2f-5b8a6e4c1d60',
  at: AT,
  ...{ actor_kind: 'apiKey', actor_id: apiKey.id, actor: 'CRM' },
  ...{ action: 'tenants.create', outcome: 'denied', reason_code: 'partner.permission_missing' },
  ...{ target_kind: null, target_id: null, request_id: RUN },
});

export const mailTemplate = {
  key: 'welcome_setup_link',
  title: 'Welcome to the admin of a new tenant, with a link to set a password',
  is_default: false,
  subject: '{{tenant_name}} is ready for you',
  text: 'Dear {{first_name}},\n\nset your password at {{setup_url}}.\n\nYour team at Contoso',
  html: null,
  variables: [
    {
      ...{ name: 'setup_url', description: 'The link to set a password' },
      ...{
        example: 'https://gangway.example/set-password?token=example',
        is_required: true,
        is_secret: true,
      },
    },
  ],
  ...{ updated_at: AT, updated_by: 'CRM' },
};
export const mailTemplateList = listOf(mailTemplate);
export const renderedMail = {
  subject: 'Example Corp is ready for you',
  text: 'Dear Ada,\n\nset your password at https://gangway.example/set-password?token=example.\n\nYour team at Contoso\n',
  html: '<!doctype html><html lang="en">…</html>',
};
