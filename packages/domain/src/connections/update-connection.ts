import type { Connection, update } from '@gangway/contract/connections';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import { audit } from '../audit/audit.js';
import { AppError } from '../errors.js';
import { resetHealth } from './reset-health.js';
import { loadConnectionInWorkspace } from './load-connection-in-workspace.js';
import { requireCloud } from './require-cloud.js';
import { toConnection } from './to-connection.js';

/**
 * Changes a connection. A change of cloud or client id makes its verification stale.
 * @throws AppError conflict `connection.version_conflict` when somebody changed it since `version`
 */
export async function updateConnection(
  scope: WorkspaceScope,
  input: z.output<(typeof update)['in']>,
): Promise<Connection> {
  if (input.cloud) requireCloud(scope, input.cloud);
  const { workspaceId } = scope;
  const { providerConnectionId } = input;
  return writeInWorkspace(
    scope,
    async (tx) => {
      const before = await loadConnectionInWorkspace(tx, workspaceId, providerConnectionId);
      const isOther =
        (input.cloud ?? before.cloud) !== before.cloud ||
        (input.clientId ?? before.clientId) !== before.clientId;
      const changed = await tx.providerConnection.updateMany({
        where: { workspaceId, id: before.id, version: input.version },
        data: {
          ...(input.displayName !== undefined ? { displayName: input.displayName } : {}),
          ...(input.cloud !== undefined ? { cloud: input.cloud } : {}),
          ...(input.clientId !== undefined ? { clientId: input.clientId } : {}),
          // A consent was given to the application that it was.
          ...(isOther ? { revision: { increment: 1 }, consentedAt: null } : {}),
          version: { increment: 1 },
          updatedBy: scope.actor.label,
        },
      });
      if (changed.count === 0) {
        const { version, updatedBy, updatedAt } = before;
        throw new AppError('conflict', 'connection.version_conflict', {
          conflict: { version, updatedBy, updatedAt: updatedAt.toISOString() },
        });
      }
      if (isOther) await resetHealth(tx, workspaceId, before.id);
      await audit(tx, scope, {
        action: 'connections.update',
        targetKind: 'provider_connection',
        targetId: before.id,
      });
      return toConnection(await loadConnectionInWorkspace(tx, workspaceId, before.id));
    },
    { rows: { providerConnectionId } },
  );
}
