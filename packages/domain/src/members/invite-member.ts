import type { Role } from '@gangway/contract/capabilities';
import type { invite } from '@gangway/contract/members';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import { audit } from '../audit/audit.js';
import { AppError } from '../errors.js';
import { requireBelowLimit } from '../limits/object-limits.js';
import { createInvitationLink, mailInvitation } from './mail-invitation.js';
import { requireMayGrant } from './require-may-grant.js';
import { takeInvitationPoints } from './take-invitation-points.js';

/** Mails an invitation, good once and for a week. A new one for the same address replaces the open one. @throws AppError conflict for a member or `invitation.limit_reached`, forbidden for a role above one's own, too_many */
export async function inviteMember(
  scope: WorkspaceScope,
  input: z.output<(typeof invite)['in']>,
): Promise<z.infer<(typeof invite)['out']>> {
  const { email, role } = input;
  requireMayGrant(scope.role, role);
  const { workspaceId } = scope;
  await takeInvitationPoints(scope, email);
  const { token, hash, expiresAt } = createInvitationLink();
  const id = uuidv7();
  await writeInWorkspace(scope, async (tx, own) => {
    requireMayGrant(own, role);
    const member = await tx.membership.findFirst({ where: { workspaceId, user: { email } } });
    if (member) throw new AppError('conflict', 'member.duplicate');
    const open = { workspaceId, email, acceptedAt: null, revokedAt: null };
    const replaced = await tx.invitation.findFirst({ where: open, select: { role: true } });
    if (replaced) requireMayGrant(own, replaced.role as Role);
    const isOpen = { workspaceId, acceptedAt: null, revokedAt: null };
    if (!replaced)
      await requireBelowLimit(tx, 'invitations', workspaceId, () => tx.invitation.count({ where: isOpen }));
    await tx.$executeRaw`
      INSERT INTO invitations (id, workspace_id, email, role, token_hash, invited_by, expires_at)
      VALUES (${id}::uuid, ${workspaceId}::uuid, ${email}, ${role}, ${hash}, ${scope.actor.id}::uuid, ${expiresAt})
      ON CONFLICT (workspace_id, email) WHERE accepted_at IS NULL AND revoked_at IS NULL DO UPDATE
        SET id = excluded.id, role = excluded.role, token_hash = excluded.token_hash, invited_by = excluded.invited_by,
            expires_at = excluded.expires_at, created_at = now()`;
    await mailInvitation(tx, scope, { email, role, token });
    await audit(tx, scope, {
      action: 'members.invite',
      targetKind: 'invitation',
      targetId: id,
      data: { role, email },
    });
  });
  return { invitationId: id, expiresAt: expiresAt.toISOString() };
}
