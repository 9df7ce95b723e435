import type { remove } from '@gangway/contract/connections';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import { audit } from '../audit/audit.js';
import { AppError } from '../errors.js';
import { loadConnectionInWorkspace } from './load-connection-in-workspace.js';
import { lockConnection, lockTenantOfConnection } from './lock-connection.js';
import { promoteConnection } from './promote-connection.js';

/**
 * Removes a connection and its credential. When it was the default another one becomes it, so that a managed tenant
 * with connections always has one that operations run with.
 * @throws AppError conflict `connection.in_use` while an open onboarding session or a live run uses it
 */
export async function removeConnection(
  scope: WorkspaceScope,
  input: z.output<(typeof remove)['in']>,
): Promise<z.infer<(typeof remove)['out']>> {
  const { workspaceId } = scope;
  const id = input.providerConnectionId;
  const newDefaultId = await writeInWorkspace(scope, async (tx) => {
    const managedTenantId = await lockTenantOfConnection(tx, workspaceId, id);
    await lockConnection(tx, workspaceId, id);
    const { isDefault, displayName } = await loadConnectionInWorkspace(tx, workspaceId, id);
    const session = await tx.onboardingSession.findFirst({
      where: { workspaceId, providerConnectionId: id, status: 'open' },
      select: { id: true },
    });
    const run = await tx.operationRun.findFirst({
      where: { workspaceId, providerConnectionId: id, status: { in: ['queued', 'running'] } },
      select: { id: true },
    });
    if (session || run) throw new AppError('conflict', 'connection.in_use');
    await tx.providerConnection.deleteMany({ where: { workspaceId, id } });
    await audit(tx, scope, {
      action: 'connections.remove',
      // Of what stays: the history of the tenant still tells of the connection when it is gone.
      targetKind: 'managed_tenant',
      targetId: managedTenantId,
      data: { name: displayName, providerConnectionId: id },
    });
    return isDefault ? promoteConnection(tx, scope, managedTenantId) : null;
  });
  return { providerConnectionId: id, newDefaultId };
}
