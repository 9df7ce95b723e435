import type { Role } from '@gangway/contract/capabilities';
import type { accept } from '@gangway/contract/members';
import type { z } from 'zod';
import type { UserScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { requireLive } from '../auth/set-password.js';
import { AppError } from '../errors.js';
import { hashToken } from '../secrets/token.js';

/** Makes the caller a member with their invitation. It is bound to its e-mail address: in other hands it is worth nothing. @throws AppError invalid, gone */
export async function acceptInvitation(
  scope: UserScope,
  input: z.output<(typeof accept)['in']>,
): Promise<z.infer<(typeof accept)['out']>> {
  return scope.house.db.inTransaction(async (tx) => {
    const invitation = await tx.invitation.findUnique({ where: { tokenHash: hashToken(input.token) } });
    if (
      !invitation ||
      invitation.acceptedAt ||
      invitation.revokedAt ||
      invitation.email !== scope.actor.label
    ) {
      throw new AppError('invalid', 'auth.token_invalid');
    }
    requireLive(invitation.expiresAt);
    const { id, workspaceId } = invitation;
    const taken = await tx.invitation.updateMany({
      where: { id, acceptedAt: null, revokedAt: null },
      data: { acceptedAt: new Date() },
    });
    if (taken.count === 0) throw new AppError('invalid', 'auth.token_invalid');
    const role = invitation.role as Role;
    await tx.$executeRaw`
      INSERT INTO memberships (workspace_id, user_id, role) VALUES (${workspaceId}::uuid, ${scope.actor.id}::uuid, ${role})
      ON CONFLICT (workspace_id, user_id) DO NOTHING`;
    await audit(
      tx,
      { ...scope, workspaceId },
      { action: 'invitations.accept', targetKind: 'user', targetId: scope.actor.id, data: { role } },
    );
    return { workspaceId, role };
  });
}
