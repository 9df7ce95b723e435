import type { Json, JsonObject, Plan } from '@gangway/engine/plan';

/** The deletion of a tenant. There is no way back from it, so nothing is compensated: a failed run is started again. */
export const tenantDeletePlan: Plan = {
  type: 'tenant.delete',
  steps: [
    { name: 'closing_access', title: 'Suspend the workspace and end its memberships', progress: [10, 40] },
    { name: 'deleting_data', title: 'Delete workspace and companies', progress: [40, 90] },
    { name: 'deleting_tenant', title: 'Delete the tenant', progress: [90, 100] },
  ],
  outcome: (input, outputs) => ({
    status: 'succeeded',
    reasonCode: null,
    message: null,
    warnings: [],
    result: { tenantId: input['tenantId'] ?? null, success: true, ...endedPeople(outputs['closing_access']) },
  }),
};

/** How many memberships and accounts ended; nothing of a run that closed access under a version that did not count them. */
function endedPeople(output: Json | undefined): JsonObject {
  const { membershipsEnded, accountsEnded } = (output ?? {}) as JsonObject;
  return membershipsEnded === undefined || accountsEnded === undefined
    ? {}
    : { membershipsEnded, accountsEnded };
}
