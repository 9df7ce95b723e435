import type { invite } from '@gangway/contract/members';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { AppError } from '../errors.js';
import { queueMail } from '../mail/queue-mail.js';
import { createToken } from '../secrets/token.js';
import { requireMayGrant } from './require-may-grant.js';

const LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** Mails an invitation, good once and for a week. A new one for the same address replaces the open one. @throws AppError conflict for a member */
export async function inviteMember(
  scope: WorkspaceScope,
  input: z.output<(typeof invite)['in']>,
): Promise<z.infer<(typeof invite)['out']>> {
  requireMayGrant(scope, input.role);
  const { workspaceId, house } = scope;
  const { token, hash } = createToken();
  const id = uuidv7();
  const expiresAt = new Date(Date.now() + LIFETIME_MS);
  await house.db.inTransaction(async (tx) => {
    const member = await tx.membership.findFirst({ where: { workspaceId, user: { email: input.email } } });
    if (member) throw new AppError('conflict', 'member.duplicate');
    await tx.$executeRaw`
      INSERT INTO invitations (id, workspace_id, email, role, token_hash, invited_by, expires_at)
      VALUES (${id}::uuid, ${workspaceId}::uuid, ${input.email}, ${input.role}, ${hash}, ${scope.actor.id}::uuid, ${expiresAt})
      ON CONFLICT (workspace_id, email) WHERE accepted_at IS NULL AND revoked_at IS NULL DO UPDATE
        SET id = excluded.id, role = excluded.role, token_hash = excluded.token_hash, invited_by = excluded.invited_by,
            expires_at = excluded.expires_at, created_at = now()`;
    await queueMail(tx, house, {
      to: input.email,
      tenant: null,
      subject: `Invitation to ${scope.workspace.name}`,
      text: `${scope.actor.label} invites you to the workspace ${scope.workspace.name} in Gangway.\n\nAccept within a week:\n${house.appUrl}/invitation?token=${token}\n\nIf you have no account yet, choose a password first:\n${house.appUrl}/set-password?token=${token}`,
    });
    await audit(tx, scope, {
      action: 'members.invite',
      targetKind: 'invitation',
      targetId: id,
      data: { role: input.role },
    });
  });
  return { invitationId: id, expiresAt: expiresAt.toISOString() };
}
