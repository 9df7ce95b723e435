import type { Role } from '@gangway/contract/capabilities';
import type { Prisma } from '@gangway/db/generated/client';
import type { WorkspaceScope } from '../access/scope.js';
import { AppError, notFound } from '../errors.js';

/** Locks all memberships of the workspace against other changes, and gives the role of one member. @throws AppError not_found */
export async function lockMember(
  tx: Prisma.TransactionClient,
  scope: WorkspaceScope,
  userId: string,
): Promise<Role> {
  // The workspace's row, not the member's: two owners who remove each other must meet.
  await tx.$queryRaw`SELECT id FROM workspaces WHERE id = ${scope.workspaceId}::uuid FOR UPDATE`;
  const member = await tx.membership.findUnique({
    where: { workspaceId_userId: { workspaceId: scope.workspaceId, userId } },
  });
  if (!member) throw notFound();
  return member.role as Role;
}

/** @throws AppError conflict `member.last_owner` */
export async function requireOtherOwner(
  tx: Prisma.TransactionClient,
  scope: WorkspaceScope,
  userId: string,
): Promise<void> {
  const other = await tx.membership.findFirst({
    where: { workspaceId: scope.workspaceId, role: 'owner', userId: { not: userId } },
    select: { userId: true },
  });
  if (!other) throw new AppError('conflict', 'member.last_owner');
}
