import type { ProvisionedTenant } from '@gangway/contract/provisioning/tenants';
import type { OperationRun } from '@gangway/db/generated/client';
import { ERASED } from '../accounts/erase-person-data.js';
import { tenantCreateInput } from '../operations/tenant-create/input.js';

/** What is told of a creation that failed. */
export type FailedCreation = Pick<OperationRun, 'id' | 'subjectId' | 'input' | 'createdAt' | 'finishedAt'>;

/**
 * A tenant whose creation failed, as partners see it: nothing is left of it but the run, which knows what was asked for
 * until that is erased.
 */
export function toFailedTenant(run: FailedCreation): ProvisionedTenant {
  const asked = tenantCreateInput.partial().parse(run.input);
  return {
    tenant: run.subjectId,
    client_name: asked.tenantName ?? ERASED,
    email: asked.adminUser?.email ?? ERASED,
    phone_number: asked.phoneNumber ?? null,
    industry: asked.industry ?? null,
    created_at: run.createdAt.toISOString(),
    updated_at: (run.finishedAt ?? run.createdAt).toISOString(),
    status: 'failed',
    operation_run_id: run.id,
  };
}
