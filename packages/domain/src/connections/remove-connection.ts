import type { WorkspaceScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { AppError } from '../errors.js';
import { lockConnectionInWorkspace } from './load-connection-in-workspace.js';

/**
 * Removes a connection and its credential.
 * @throws AppError conflict `connection.in_use` while an open onboarding session or a live run uses it
 */
export async function removeConnection(
  scope: WorkspaceScope,
  input: { providerConnectionId: string },
): Promise<{ providerConnectionId: string }> {
  const { workspaceId } = scope;
  const id = input.providerConnectionId;
  await scope.house.db.inTransaction(async (tx) => {
    await lockConnectionInWorkspace(tx, workspaceId, id);
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
    await audit(tx, scope, { action: 'connections.remove', targetKind: 'provider_connection', targetId: id });
  });
  return { providerConnectionId: id };
}
