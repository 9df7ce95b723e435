import type { Json, JsonObject, Plan, RunOutcome, StepOutputs } from '@gangway/engine/plan';

/**
 * The creation of a tenant, step names and progress as documented ("Tenant Onboarding Process"). The contract line is
 * written with the set-up data, so that it can be changed until then.
 */
export const tenantCreatePlan: Plan = {
  type: 'tenant.create',
  steps: [
    {
      name: 'creating_tenant',
      title: 'Create the tenant',
      progress: [10, 40],
      compensation: 'remove_tenant',
    },
    {
      name: 'creating_admin_user',
      title: 'Create the admin user',
      progress: [40, 60],
      compensation: 'remove_admin_user',
    },
    {
      name: 'setting_up_data',
      title: 'Set up the data',
      progress: [60, 85],
      parameters: ['contractLine'],
      compensation: 'remove_data',
    },
    {
      name: 'sending_welcome_email',
      title: 'Send the welcome mail',
      progress: [85, 100],
      compensation: 'withdraw_welcome_email',
    },
  ],
  outcome,
};

/** The documented result. The temporary password is never part of it: it is handed out apart, once. */
function outcome(input: JsonObject, outputs: StepOutputs): RunOutcome {
  const tenant = fieldsOf(outputs['creating_tenant']);
  const admin = fieldsOf(outputs['creating_admin_user']);
  const data = fieldsOf(outputs['setting_up_data']);
  const mail = fieldsOf(outputs['sending_welcome_email']);
  const isSent = mail['emailSent'] === true;
  return {
    status: 'succeeded',
    reasonCode: null,
    message: null,
    warnings: isSent
      ? []
      : [
          {
            reasonCode: 'email.failed',
            message:
              'The welcome mail has not been sent yet; it stays queued, and is tried again for about two days',
          },
        ],
    result: {
      tenantId: tenant['tenantId'] ?? null,
      adminUserId: admin['adminUserId'] ?? null,
      companyId: tenant['companyId'] ?? null,
      workspaceId: data['workspaceId'] ?? null,
      contractLine: data['contractLine'] ?? input['contractLine'] ?? null,
      temporaryPassword: null,
      emailSent: isSent,
      success: true,
      createdAt: null,
    },
    stampedField: 'createdAt',
  };
}

function fieldsOf(output: Json | undefined): JsonObject {
  return typeof output === 'object' && output !== null && !Array.isArray(output)
    ? (output as JsonObject)
    : {};
}
