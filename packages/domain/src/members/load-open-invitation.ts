import { canRole, type Role } from '@gangway/contract/capabilities';
import type { Invitation, Prisma } from '@gangway/db/generated/client';
import { AppError } from '../errors.js';
import { hashToken } from '../secrets/token.js';
import { mayGrant } from './require-may-grant.js';

/**
 * The invitation that a mailed token stands for; it is not consumed. It is worth what its maker may give now: who was
 * removed, or has lost the right, invites nobody any more.
 * @throws AppError invalid for a token that is unknown, used, withdrawn, replaced or of such a maker; gone, with when,
 * for one that has expired
 */
export async function loadOpenInvitation(db: Prisma.TransactionClient, token: string): Promise<Invitation> {
  const invitation = await db.invitation.findUnique({ where: { tokenHash: hashToken(token) } });
  if (!invitation || invitation.acceptedAt !== null || invitation.revokedAt !== null)
    throw new AppError('invalid', 'auth.token_invalid');
  requireLive(invitation.expiresAt);
  const { workspaceId, invitedBy: userId } = invitation;
  const maker = await db.membership.findUnique({
    where: { workspaceId_userId: { workspaceId, userId } },
    select: { role: true, user: { select: { disabledAt: true } } },
  });
  const own = maker && maker.user.disabledAt === null ? (maker.role as Role) : null;
  if (own === null || !mayInvite(own, invitation)) throw new AppError('invalid', 'auth.token_invalid');
  return invitation;
}

/** Whether a member with a role may invite somebody to what an invitation is to. */
export function mayInvite(own: Role, invitation: Pick<Invitation, 'role'>): boolean {
  return canRole(own, 'member:manage') && mayGrant(own, invitation.role as Role);
}

/** @throws AppError gone with the instant since which a mailed link is over */
export function requireLive(expiresAt: Date): void {
  if (expiresAt < new Date())
    throw new AppError('gone', 'auth.token_expired', { expiredAt: expiresAt.toISOString() });
}
