import { ROLE_SUMMARIES, type Role } from '@gangway/contract/capabilities';
import type { WorkspaceScope } from '../access/scope.js';
import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { queueInvitationMail } from '../mail/queue-invitation-mail.js';
import { createToken } from '../secrets/token.js';

const LIFETIME_DAYS = 7;

/** A new link for an invitation: its token, the hash to store, and how long it is good. */
export function createInvitationLink(): { token: string; hash: Uint8Array<ArrayBuffer>; expiresAt: Date } {
  return { ...createToken(), expiresAt: new Date(Date.now() + LIFETIME_DAYS * 24 * 60 * 60 * 1000) };
}

/** Mails the link to who was invited: to which workspace, as what, by whom, until when. */
export async function mailInvitation(
  tx: WorkspaceTransaction,
  scope: WorkspaceScope,
  invitation: { readonly email: string; readonly role: Role; readonly token: string },
): Promise<void> {
  const { app, workspace, actor } = scope;
  const { email, role, token } = invitation;
  await queueInvitationMail(tx, app, {
    workspaceId: scope.workspaceId,
    values: {
      workspace_name: workspace.name,
      inviter: actor.label,
      email,
      role,
      role_summary: ROLE_SUMMARIES[role],
      valid_days: String(LIFETIME_DAYS),
      accept_url: `${app.appUrl}/invitation?token=${token}`,
    },
  });
}
