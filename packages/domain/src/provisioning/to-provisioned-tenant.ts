import type { ProvisionedTenant } from '@gangway/contract/provisioning/tenants';
import type { Tenant } from '@gangway/db/generated/client';

/** A tenant as partners see it. */
export function toProvisionedTenant(row: Tenant): ProvisionedTenant {
  return {
    tenant: row.tenant,
    client_name: row.companyName,
    email: row.email,
    phone_number: row.phoneNumber,
    industry: row.industry,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    status: row.status as ProvisionedTenant['status'],
    operation_run_id: row.operationRunId,
  };
}
