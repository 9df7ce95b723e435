import { ROLE_SUMMARIES, type Role } from '@gangway/contract/capabilities';
import type { Prisma } from '@gangway/db/generated/client';
import type { WorkspaceScope } from '../access/scope.js';
import { queueMail } from '../mail/queue-mail.js';
import { createToken } from '../secrets/token.js';

const LIFETIME_DAYS = 7;

/** A new link for an invitation: its token, the hash to store, and how long it is good. */
export function createInvitationLink(): { token: string; hash: Uint8Array<ArrayBuffer>; expiresAt: Date } {
  return { ...createToken(), expiresAt: new Date(Date.now() + LIFETIME_DAYS * 24 * 60 * 60 * 1000) };
}

/** Mails the link to who was invited: to which workspace, as what, by whom, until when. */
export async function mailInvitation(
  tx: Prisma.TransactionClient,
  scope: WorkspaceScope,
  invitation: { readonly email: string; readonly role: Role; readonly token: string },
): Promise<void> {
  const { house, workspace, actor } = scope;
  const { email, role, token } = invitation;
  const text = `${actor.label} invites you to the workspace ${workspace.name} in Gangway, as ${role}: somebody who ${ROLE_SUMMARIES[role]}.

Accept within ${LIFETIME_DAYS} days:
${house.appUrl}/invitation?token=${token}

The link works once, and for ${email} only. Sign in there, or choose a password if you have no account yet.
If it has expired, ask ${actor.label} to send it again.`;
  await queueMail(tx, house, { to: email, tenant: null, subject: `Invitation to ${workspace.name}`, text });
}
