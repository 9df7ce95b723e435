import { capabilitiesOf, type Role } from '@gangway/contract/capabilities';
import type { list } from '@gangway/contract/workspaces';
import type { z } from 'zod';
import type { UserScope } from '../access/scope.js';
import { toCursorId, toPage } from '../page.js';

/** The workspaces the caller is a member of. */
export async function listWorkspaces(
  scope: UserScope,
  input: z.output<(typeof list)['in']>,
): Promise<z.infer<(typeof list)['out']>> {
  const after = toCursorId(input.cursor);
  const rows = await scope.app.db.prisma.membership.findMany({
    where: { userId: scope.actor.id, ...(after ? { workspaceId: { gt: after } } : {}) },
    include: { workspace: true },
    orderBy: { workspaceId: 'asc' },
    take: input.limit + 1,
  });
  const memberships = rows.map((row) => ({ id: row.workspaceId, row }));
  return toPage(memberships, input.limit, ({ id, row }) => {
    const role = row.role as Role;
    const { name, slug, suspendedAt } = row.workspace;
    return { id, name, slug, role, capabilities: [...capabilitiesOf(role)], suspended: suspendedAt !== null };
  });
}
