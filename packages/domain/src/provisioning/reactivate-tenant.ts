import type { ProvisionedTenant } from '@gangway/contract/provisioning/tenants';
import type { PartnerScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { changeTenant } from './change-tenant.js';

/** Ends a suspension. Harmless when repeated. @throws AppError conflict for a tenant that is neither suspended nor active */
export async function reactivateTenant(
  scope: PartnerScope,
  { tenant }: { tenant: string },
): Promise<ProvisionedTenant> {
  return changeTenant(scope, tenant, ['active', 'suspended'], async (tx) => {
    await tx.workspace.updateMany({ where: { tenant }, data: { suspendedAt: null } });
    await audit(tx, scope, { action: 'tenants.reactivate', targetKind: 'tenant', targetId: tenant });
    return { status: 'active' };
  });
}
