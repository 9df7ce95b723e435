import type { list } from '@gangway/contract/connections';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { toCursorId, toPage } from '../page.js';
import { toConnection, withCredentialInfo } from './to-connection.js';

/** The connections of the workspace, or of one managed tenant, oldest first. */
export async function listConnections(
  scope: WorkspaceScope,
  input: z.output<(typeof list)['in']>,
): Promise<z.infer<(typeof list)['out']>> {
  const after = toCursorId(input.cursor);
  const rows = await scope.app.db.prisma.providerConnection.findMany({
    where: {
      workspaceId: scope.workspaceId,
      ...(input.managedTenantId ? { managedTenantId: input.managedTenantId } : {}),
      ...(after ? { id: { gt: after } } : {}),
    },
    include: withCredentialInfo,
    orderBy: { id: 'asc' },
    take: input.limit + 1,
  });
  return toPage(rows, input.limit, toConnection);
}
