import type { ProvisionedTenant, tenantPatch } from '@gangway/contract/provisioning/tenants';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { changeTenant } from './change-tenant.js';

/** Changes what a partner may change of a tenant; fields that are left out stay. @throws AppError conflict while it is being deleted */
export async function updateTenant(
  scope: PartnerScope,
  input: { tenant: string } & z.output<typeof tenantPatch>,
): Promise<ProvisionedTenant> {
  const { tenant, client_name: companyName, phone_number: phoneNumber, industry } = input;
  return changeTenant(scope, tenant, ['provisioning', 'active', 'suspended'], async (tx) => {
    await audit(tx, scope, { action: 'tenants.update', targetKind: 'tenant', targetId: tenant });
    return {
      ...(companyName === undefined ? {} : { companyName }),
      ...(phoneNumber === undefined ? {} : { phoneNumber }),
      ...(industry === undefined ? {} : { industry }),
    };
  });
}
