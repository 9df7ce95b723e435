import type { Cloud } from '@gangway/contract/clouds';
import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { invalidField } from '../errors.js';

/**
 * Makes sure that a managed tenant, whose row is locked, may come to be in this cloud: the workspace has no other managed
 * tenant with its Entra tenant id there.
 * @throws AppError invalid, with the field `cloud`
 */
export async function requireFreeCloud(
  tx: WorkspaceTransaction,
  workspaceId: string,
  managedTenantId: string,
  cloud: Cloud,
): Promise<void> {
  const { entraTenantId } = await tx.managedTenant.findUniqueOrThrow({
    where: { workspaceId_id: { workspaceId, id: managedTenantId } },
    select: { entraTenantId: true },
  });
  const other = await tx.managedTenant.findFirst({
    where: { workspaceId, entraTenantId, cloud, NOT: { id: managedTenantId } },
    select: { id: true },
  });
  if (other)
    throw invalidField(
      'cloud',
      'This workspace has the tenant in that cloud already: continue with that one',
    );
}
