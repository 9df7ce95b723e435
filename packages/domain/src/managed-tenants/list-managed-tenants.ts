import type { list } from '@gangway/contract/managed-tenants';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { toCursorId, toPage } from '../page.js';
import { toManagedTenant, withOpenSession } from './to-managed-tenant.js';

/** The managed tenants of the workspace, newest first. */
export async function listManagedTenants(
  scope: WorkspaceScope,
  input: z.output<(typeof list)['in']>,
): Promise<z.infer<(typeof list)['out']>> {
  const before = toCursorId(input.cursor);
  const rows = await scope.app.db.prisma.managedTenant.findMany({
    where: { workspaceId: scope.workspaceId, ...(before ? { id: { lt: before } } : {}) },
    include: withOpenSession,
    orderBy: { id: 'desc' },
    take: input.limit + 1,
  });
  return toPage(rows, input.limit, toManagedTenant);
}
