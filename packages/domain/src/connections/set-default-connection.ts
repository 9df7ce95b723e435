import type { Connection } from '@gangway/contract/connections';
import type { WorkspaceScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { loadConnectionInWorkspace, lockConnectionInWorkspace } from './load-connection-in-workspace.js';
import { toConnection } from './to-connection.js';

/** Makes a connection the default of its managed tenant, in place of the one that was. */
export async function setDefaultConnection(
  scope: WorkspaceScope,
  input: { providerConnectionId: string },
): Promise<Connection> {
  const { workspaceId, actor } = scope;
  return scope.house.db.inTransaction(async (tx) => {
    const row = await loadConnectionInWorkspace(tx, workspaceId, input.providerConnectionId);
    // The lock keeps two choices apart, so that the unique index of defaults is never run into.
    await tx.$queryRaw`SELECT id FROM managed_tenants WHERE id = ${row.managedTenantId}::uuid FOR UPDATE`;
    await lockConnectionInWorkspace(tx, workspaceId, row.id);
    await tx.providerConnection.updateMany({
      where: { workspaceId, managedTenantId: row.managedTenantId, isDefault: true },
      data: { isDefault: false },
    });
    await tx.providerConnection.update({
      where: { id: row.id },
      data: { isDefault: true, version: { increment: 1 }, updatedBy: actor.label },
    });
    await audit(tx, scope, {
      action: 'connections.setDefault',
      targetKind: 'provider_connection',
      targetId: row.id,
    });
    return toConnection(await loadConnectionInWorkspace(tx, workspaceId, row.id));
  });
}
