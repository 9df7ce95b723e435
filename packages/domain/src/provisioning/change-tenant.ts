import type { ProvisionedTenant } from '@gangway/contract/provisioning/tenants';
import type { Prisma } from '@gangway/db/generated/client';
import type { PartnerScope } from '../access/scope.js';
import { AppError, notFound } from '../errors.js';
import { queueWebhooks } from '../webhooks/queue-webhooks.js';
import { toProvisionedTenant } from './to-provisioned-tenant.js';

/**
 * Changes a tenant's row under its lock, in one of the states named; `toChange` writes what goes with the change.
 * @throws AppError not_found; conflict `tenant.state_conflict` in any other state
 */
export async function changeTenant(
  scope: PartnerScope,
  tenant: string,
  from: readonly string[],
  toChange: (tx: Prisma.TransactionClient, status: string) => Promise<Prisma.TenantUpdateInput>,
): Promise<ProvisionedTenant> {
  return scope.house.db.inTransaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ status: string }[]>`
      SELECT status FROM tenants WHERE tenant = ${tenant}::uuid AND partner_id = ${scope.partnerId}::uuid FOR UPDATE`;
    if (!row) throw notFound();
    if (!from.includes(row.status)) throw new AppError('conflict', 'tenant.state_conflict');
    const changed = toProvisionedTenant(
      await tx.tenant.update({ where: { tenant }, data: await toChange(tx, row.status) }),
    );
    await queueWebhooks(tx, scope, [{ event: 'tenant.updated', data: { ...changed } }]);
    return changed;
  });
}
