import type { Connection } from '@gangway/contract/connections';
import type { WorkspaceScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import { loadConnectionInWorkspace } from './load-connection-in-workspace.js';
import { lockTenantOfConnection } from './lock-connection.js';
import { makeDefault } from './make-default.js';
import { toConnection } from './to-connection.js';

/** Makes a connection the default of its managed tenant, in place of the one that was. @throws AppError not_found */
export async function setDefaultConnection(
  scope: WorkspaceScope,
  input: { providerConnectionId: string },
): Promise<Connection> {
  const { workspaceId } = scope;
  return writeInWorkspace(scope, async (tx) => {
    const id = input.providerConnectionId;
    const managedTenantId = await lockTenantOfConnection(tx, workspaceId, id);
    await makeDefault(tx, scope, { id, managedTenantId });
    return toConnection(await loadConnectionInWorkspace(tx, workspaceId, id));
  });
}
