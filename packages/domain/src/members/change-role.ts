import type { changeRole as schema } from '@gangway/contract/members';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import { audit } from '../audit/audit.js';
import { emailOf } from './email-of.js';
import { getRole, requireOtherOwner } from './member-role.js';
import { requireMayGrant } from './require-may-grant.js';

/** Gives a member another role; it counts from their next request on. @throws AppError not_found, forbidden, conflict for the last owner */
export async function changeRole(
  scope: WorkspaceScope,
  input: z.output<(typeof schema)['in']>,
): Promise<z.infer<(typeof schema)['out']>> {
  const { userId, role } = input;
  const { workspaceId } = scope;
  return writeInWorkspace(
    scope,
    async (tx, own) => {
      const before = await getRole(tx, workspaceId, userId);
      requireMayGrant(own, before, role);
      if (before === 'owner' && role !== 'owner') await requireOtherOwner(tx, workspaceId, userId);
      await tx.membership.update({
        where: { workspaceId_userId: { workspaceId, userId } },
        data: { role },
      });
      await audit(tx, scope, {
        action: 'members.changeRole',
        targetKind: 'user',
        targetId: userId,
        data: { before, role, email: await emailOf(tx, userId) },
      });
      return { userId, role };
    },
    { changesMembers: true },
  );
}
