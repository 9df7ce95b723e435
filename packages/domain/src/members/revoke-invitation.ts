import type { revoke } from '@gangway/contract/members';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import { audit } from '../audit/audit.js';
import { lockOpenInvitation } from './lock-open-invitation.js';

/** Withdraws an invitation; its link works no more. @throws AppError not_found, forbidden */
export async function revokeInvitation(
  scope: WorkspaceScope,
  input: z.output<(typeof revoke)['in']>,
): Promise<z.infer<(typeof revoke)['out']>> {
  await writeInWorkspace(scope, async (tx, own) => {
    const { id, email, role } = await lockOpenInvitation(tx, scope, own, input.invitationId);
    await tx.invitation.update({ where: { id }, data: { revokedAt: new Date() } });
    await audit(tx, scope, {
      action: 'invitations.revoke',
      targetKind: 'invitation',
      targetId: id,
      data: { role, email },
    });
  });
  return { invitationId: input.invitationId };
}
