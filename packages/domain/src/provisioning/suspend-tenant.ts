import type { ProvisionedTenant } from '@gangway/contract/provisioning/tenants';
import type { PartnerScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { changeTenant } from './change-tenant.js';

/** Suspends a tenant: its workspace can be read and not changed. Harmless when repeated. @throws AppError conflict */
export async function suspendTenant(
  scope: PartnerScope,
  { tenant }: { tenant: string },
): Promise<ProvisionedTenant> {
  return changeTenant(scope, tenant, ['active', 'suspended'], async (tx) => {
    await tx.workspace.updateMany({
      where: { tenant, suspendedAt: null },
      data: { suspendedAt: new Date() },
    });
    await audit(tx, scope, { action: 'tenants.suspend', targetKind: 'tenant', targetId: tenant });
    return { status: 'suspended' };
  });
}
