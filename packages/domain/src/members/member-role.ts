import type { Role } from '@gangway/contract/capabilities';
import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { AppError, notFound } from '../errors.js';

/** The role of a member. @throws AppError not_found */
export async function getRole(tx: WorkspaceTransaction, workspaceId: string, userId: string): Promise<Role> {
  const member = await tx.membership.findUnique({
    where: { workspaceId_userId: { workspaceId, userId } },
    select: { role: true },
  });
  if (!member) throw notFound();
  return member.role as Role;
}

/**
 * Makes sure that a workspace has an owner without this one, in a transaction that changes its memberships alone.
 * @throws AppError conflict `member.last_owner`
 */
export async function requireOtherOwner(
  tx: WorkspaceTransaction,
  workspaceId: string,
  userId: string,
): Promise<void> {
  const other = await tx.membership.findFirst({
    where: { workspaceId, role: 'owner', userId: { not: userId } },
    select: { userId: true },
  });
  if (!other) throw new AppError('conflict', 'member.last_owner');
}
