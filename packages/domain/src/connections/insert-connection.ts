import type { newConnection } from '@gangway/contract/connections';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { audit } from '../audit/audit.js';
import { requireFreeCloud } from '../managed-tenants/require-free-cloud.js';
import { requireCloud } from './require-cloud.js';
import { credentialPlace, sealCredential } from './seal-credential.js';
import { withCredentialInfo, type ConnectionRow } from './to-connection.js';

/**
 * Writes a connection with its credential. The first connection of a managed tenant becomes its default; the lock on
 * the managed tenant's row keeps two first connections apart.
 */
export async function insertConnection(
  tx: WorkspaceTransaction,
  scope: WorkspaceScope,
  managedTenantId: string,
  input: z.output<typeof newConnection>,
): Promise<ConnectionRow> {
  requireCloud(scope, input.cloud);
  const { workspaceId, actor } = scope;
  const id = uuidv7();
  const sealed = await sealCredential(scope.app.keys, credentialPlace(workspaceId, id), input.credential);
  await tx.$queryRaw`SELECT id FROM managed_tenants WHERE id = ${managedTenantId}::uuid AND workspace_id = ${workspaceId}::uuid FOR UPDATE`;
  await requireFreeCloud(tx, workspaceId, managedTenantId, input.cloud);
  const others = await tx.providerConnection.findFirst({
    where: { workspaceId, managedTenantId, isDefault: true },
    select: { id: true },
  });
  const row = await tx.providerConnection.create({
    data: {
      id,
      managedTenant: { connect: { workspaceId_id: { workspaceId, id: managedTenantId } } },
      workspace: { connect: { id: workspaceId } },
      displayName: input.displayName,
      cloud: input.cloud,
      clientId: input.clientId,
      isDefault: others === null,
      createdBy: actor.id,
      updatedBy: actor.label,
    },
  });
  await tx.providerCredential.create({
    data: { providerConnectionId: id, workspaceId, addedBy: actor.label, ...sealed },
  });
  await tx.managedTenant.update({ where: { id: managedTenantId }, data: { cloud: input.cloud } });
  await audit(tx, scope, {
    action: 'connections.create',
    targetKind: 'provider_connection',
    targetId: row.id,
  });
  return tx.providerConnection.findUniqueOrThrow({ where: { id }, include: withCredentialInfo });
}
