import type { WorkspaceScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import { audit } from '../audit/audit.js';
import { emailOf } from './email-of.js';
import { getRole, requireOtherOwner } from './member-role.js';
import { requireMayGrant } from './require-may-grant.js';

/** Ends a membership; the person's next request answers 404 and their open streams end. @throws AppError not_found, forbidden, conflict for the last owner */
export async function removeMember(
  scope: WorkspaceScope,
  { userId }: { userId: string },
): Promise<{ userId: string }> {
  const { workspaceId } = scope;
  return writeInWorkspace(
    scope,
    async (tx, own) => {
      const role = await getRole(tx, workspaceId, userId);
      requireMayGrant(own, role);
      if (role === 'owner') await requireOtherOwner(tx, workspaceId, userId);
      await tx.membership.delete({ where: { workspaceId_userId: { workspaceId, userId } } });
      await audit(tx, scope, {
        action: 'members.remove',
        targetKind: 'user',
        targetId: userId,
        data: { role, email: await emailOf(tx, userId) },
      });
      return { userId };
    },
    { changesMembers: true },
  );
}
