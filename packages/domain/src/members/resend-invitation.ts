import type { resend } from '@gangway/contract/members';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import { audit } from '../audit/audit.js';
import { notFound } from '../errors.js';
import { lockOpenInvitation } from './lock-open-invitation.js';
import { createInvitationLink, mailInvitation } from './mail-invitation.js';
import { takeInvitationPoints } from './take-invitation-points.js';

/** Mails an invitation again, in the caller's name and with a new link; the old one works no more. @throws AppError not_found, forbidden, too_many */
export async function resendInvitation(
  scope: WorkspaceScope,
  input: z.output<(typeof resend)['in']>,
): Promise<z.infer<(typeof resend)['out']>> {
  const { workspaceId, app, actor } = scope;
  // Before the transaction: limits are counted on a connection of their own.
  const { invitationId } = input;
  const invitation = await app.db.prisma.invitation.findFirst({ where: { id: invitationId, workspaceId } });
  if (!invitation) throw notFound();
  await takeInvitationPoints(scope, invitation.email);
  const { token, hash, expiresAt } = createInvitationLink();
  await writeInWorkspace(scope, async (tx, own) => {
    const { id, email, role } = await lockOpenInvitation(tx, scope, own, input.invitationId);
    await tx.invitation.update({
      where: { id },
      data: { tokenHash: hash, expiresAt, invitedBy: actor.id, createdAt: new Date() },
    });
    await mailInvitation(tx, scope, { email, role, token });
    await audit(tx, scope, {
      action: 'invitations.resend',
      targetKind: 'invitation',
      targetId: id,
      data: { role, email },
    });
  });
  return { invitationId: input.invitationId, expiresAt: expiresAt.toISOString() };
}
