import type { Plan } from '@gangway/engine/plan';

/** The deletion of a tenant. There is no way back from it, so nothing is compensated: a failed run is started again. */
export const tenantDeletePlan: Plan = {
  type: 'tenant.delete',
  steps: [
    { name: 'closing_access', title: 'End sessions and suspend the workspace', progress: [10, 40] },
    { name: 'deleting_data', title: 'Delete workspace, users and companies', progress: [40, 90] },
    { name: 'deleting_tenant', title: 'Delete the tenant', progress: [90, 100] },
  ],
  outcome: (input) => ({
    status: 'succeeded',
    reasonCode: null,
    message: null,
    warnings: [],
    result: { tenantId: input['tenantId'] ?? null, success: true },
  }),
};
