import type { Connection } from '@gangway/contract/connections';
import type { WorkspaceScope } from '../access/scope.js';
import { loadConnectionInWorkspace } from './load-connection-in-workspace.js';
import { toConnection } from './to-connection.js';

/** One connection. @throws AppError not_found */
export async function getConnection(
  scope: WorkspaceScope,
  input: { providerConnectionId: string },
): Promise<Connection> {
  return toConnection(
    await loadConnectionInWorkspace(scope.app.db.prisma, scope.workspaceId, input.providerConnectionId),
  );
}
