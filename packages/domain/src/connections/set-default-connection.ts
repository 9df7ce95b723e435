import type { Connection } from '@gangway/contract/connections';
import type { WorkspaceScope } from '../access/scope.js';
import { loadConnectionInWorkspace } from './load-connection-in-workspace.js';
import { makeDefault } from './make-default.js';
import { toConnection } from './to-connection.js';

/** Makes a connection the default of its managed tenant, in place of the one that was. @throws AppError not_found */
export async function setDefaultConnection(
  scope: WorkspaceScope,
  input: { providerConnectionId: string },
): Promise<Connection> {
  const { workspaceId } = scope;
  return scope.house.db.inTransaction(async (tx) => {
    const row = await loadConnectionInWorkspace(tx, workspaceId, input.providerConnectionId);
    await makeDefault(tx, scope, row);
    return toConnection(await loadConnectionInWorkspace(tx, workspaceId, row.id));
  });
}
