import type { WorkspaceScope } from '../access/scope.js';
import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { audit } from '../audit/audit.js';
import { lockConnection } from './lock-connection.js';
import { takeHealth } from './take-health.js';

/**
 * Makes a connection the default of its managed tenant in place of the one that was, within a transaction. `because`:
 * what else than somebody's own choice led to it. @throws AppError not_found
 */
export async function makeDefault(
  tx: WorkspaceTransaction,
  scope: WorkspaceScope,
  connection: { readonly id: string; readonly managedTenantId: string },
  because?: 'removed' | 'onboarded',
): Promise<void> {
  const { workspaceId, actor } = scope;
  const { id, managedTenantId } = connection;
  // The lock keeps two choices apart, so that the unique index of defaults is never run into.
  await tx.$queryRaw`SELECT id FROM managed_tenants WHERE id = ${managedTenantId}::uuid FOR UPDATE`;
  await lockConnection(tx, workspaceId, id);
  await tx.providerConnection.updateMany({
    where: { workspaceId, managedTenantId, isDefault: true },
    data: { isDefault: false },
  });
  await tx.providerConnection.update({
    where: { id },
    data: { isDefault: true, version: { increment: 1 }, updatedBy: actor.label },
  });
  await takeHealth(tx, workspaceId, managedTenantId);
  await audit(tx, scope, {
    action: 'connections.setDefault',
    targetKind: 'provider_connection',
    targetId: id,
    ...(because && { data: { because } }),
  });
}
