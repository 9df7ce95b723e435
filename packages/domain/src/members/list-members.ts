import type { Role } from '@gangway/contract/capabilities';
import type { list } from '@gangway/contract/members';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { OBJECT_LIMITS } from '../limits/object-limits.js';
import { toCursorId, toPage } from '../page.js';

/** Members, and on the first page the invitations that nobody has accepted or withdrawn before them. */
export async function listMembers(
  scope: WorkspaceScope,
  input: z.output<(typeof list)['in']>,
): Promise<z.infer<(typeof list)['out']>> {
  const { workspaceId } = scope;
  const db = scope.app.db.prisma;
  const after = toCursorId(input.cursor);
  const rows = await db.membership.findMany({
    where: { workspaceId, ...(after ? { userId: { gt: after } } : {}) },
    include: { user: true },
    orderBy: { userId: 'asc' },
    take: input.limit + 1,
  });
  const { items, nextCursor } = toPage(
    rows.map((row) => ({ id: row.userId, row })),
    input.limit,
    ({ id, row }) => ({
      userId: id,
      invitationId: null,
      email: row.user.email,
      name: `${row.user.firstName} ${row.user.lastName}`.trim(),
      role: row.role as Role,
      status: 'active' as const,
      since: row.createdAt.toISOString(),
      invitedBy: null,
      expiresAt: null,
    }),
  );
  if (after) return { items, nextCursor };
  const open = await db.invitation.findMany({
    where: { workspaceId, acceptedAt: null, revokedAt: null },
    orderBy: { id: 'asc' },
    // All that there can be: they stand on one page.
    take: OBJECT_LIMITS.invitations.max,
  });
  const inviters = await db.user.findMany({
    where: { userId: { in: open.map((row) => row.invitedBy) } },
    select: { userId: true, email: true },
  });
  const now = new Date();
  const invited = open.map((row) => ({
    userId: null,
    invitationId: row.id,
    email: row.email,
    name: null,
    role: row.role as Role,
    status: row.expiresAt > now ? ('invited' as const) : ('expired' as const),
    since: row.createdAt.toISOString(),
    invitedBy: inviters.find(({ userId }) => userId === row.invitedBy)?.email ?? null,
    expiresAt: row.expiresAt.toISOString(),
  }));
  return { items: [...invited, ...items], nextCursor };
}
