import type { Invitation, Prisma } from '@gangway/db/generated/client';
import { AppError } from '../errors.js';
import { hashToken } from '../secrets/token.js';

/**
 * The invitation that a mailed token stands for; it is not consumed.
 * @throws AppError invalid for a token that is unknown, used, withdrawn or replaced; gone, with when, for one that has expired
 */
export async function loadOpenInvitation(db: Prisma.TransactionClient, token: string): Promise<Invitation> {
  const invitation = await db.invitation.findUnique({ where: { tokenHash: hashToken(token) } });
  if (!invitation || invitation.acceptedAt !== null || invitation.revokedAt !== null)
    throw new AppError('invalid', 'auth.token_invalid');
  requireLive(invitation.expiresAt);
  return invitation;
}

/** @throws AppError gone with the instant since which a mailed link is over */
export function requireLive(expiresAt: Date): void {
  if (expiresAt < new Date())
    throw new AppError('gone', 'auth.token_expired', { expiredAt: expiresAt.toISOString() });
}
