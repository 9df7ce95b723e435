import type { WorkspaceScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { lockMember, requireOtherOwner } from './lock-member.js';
import { emailOf } from './email-of.js';
import { requireMayGrant } from './require-may-grant.js';

/** Ends a membership; the person's next request answers 404 and their open streams end. @throws AppError not_found, forbidden, conflict for the last owner */
export async function removeMember(
  scope: WorkspaceScope,
  input: { userId: string },
): Promise<{ userId: string }> {
  await scope.house.db.inTransaction(async (tx) => {
    const role = await lockMember(tx, scope, input.userId);
    requireMayGrant(scope, role);
    if (role === 'owner') await requireOtherOwner(tx, scope, input.userId);
    await tx.membership.delete({
      where: { workspaceId_userId: { workspaceId: scope.workspaceId, userId: input.userId } },
    });
    await audit(tx, scope, {
      action: 'members.remove',
      targetKind: 'user',
      targetId: input.userId,
      data: { role, email: await emailOf(tx, input.userId) },
    });
  });
  return { userId: input.userId };
}
