import type { ProvisionedTenant } from '@gangway/contract/provisioning/tenants';
import type { Prisma, Tenant } from '@gangway/db/generated/client';
import type { PartnerScope } from '../access/scope.js';
import { writeAsPartner } from '../access/write-as-partner.js';
import { AppError, notFound } from '../errors.js';
import { queueWebhooks } from '../webhooks/queue-webhooks.js';
import { toProvisionedTenant } from './to-provisioned-tenant.js';

/**
 * Changes a tenant's row under its lock, in one of the states named; `toChange` writes what goes with the change. What
 * is so already is neither written to the row nor announced; that it was asked for may be audited.
 * @throws AppError not_found; conflict `tenant.state_conflict` in any other state
 */
export async function changeTenant(
  scope: PartnerScope,
  tenant: string,
  from: readonly string[],
  toChange: (tx: Prisma.TransactionClient, row: Tenant) => Promise<Partial<Tenant>>,
): Promise<ProvisionedTenant> {
  return writeAsPartner(scope, async (tx) => {
    await tx.$queryRaw`
      SELECT 1 FROM tenants WHERE tenant = ${tenant}::uuid AND partner_id = ${scope.partnerId}::uuid FOR NO KEY UPDATE`;
    const row = await tx.tenant.findFirst({ where: { tenant, partnerId: scope.partnerId } });
    if (!row) throw notFound();
    if (!from.includes(row.status)) throw new AppError('conflict', 'tenant.state_conflict');
    const data = await toChange(tx, row);
    const isSame = Object.entries(data).every(([field, value]) => row[field as keyof Tenant] === value);
    if (isSame) return toProvisionedTenant(row);
    const changed = toProvisionedTenant(await tx.tenant.update({ where: { tenant }, data }));
    await queueWebhooks(tx, scope, [{ event: 'tenant.updated', data: { ...changed } }]);
    return changed;
  });
}
