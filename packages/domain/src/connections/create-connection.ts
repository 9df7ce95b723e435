import type { Connection, create } from '@gangway/contract/connections';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import { insertConnection } from './insert-connection.js';
import { toConnection } from './to-connection.js';

/** Adds a connection to a managed tenant of the workspace. @throws AppError invalid */
export async function createConnection(
  scope: WorkspaceScope,
  input: z.output<(typeof create)['in']>,
): Promise<Connection> {
  const { displayName, cloud, clientId, credential } = input;
  return toConnection(
    await writeInWorkspace(scope, (tx) =>
      insertConnection(tx, scope, input.managedTenantId, { displayName, cloud, clientId, credential }),
    ),
  );
}
