import type { Invitation, Prisma } from '@gangway/db/generated/client';
import { AppError } from '../errors.js';
import { loadOpenInvitation, requireLive } from '../members/load-open-invitation.js';
import { hashToken } from '../secrets/token.js';

type Account = { readonly userId: string; readonly email: string };
/** A mailed link that sets a password: of an account, or of an invitation that makes one. */
export type PasswordLink =
  | { readonly account: Account; readonly expiresAt: Date }
  | { readonly account: null; readonly invitation: Invitation; readonly expiresAt: Date };

/**
 * What a mailed token sets the password of; it is not consumed.
 * @throws AppError invalid for a token that is unknown, used or replaced; gone, with when, for one that has expired
 */
export async function findPasswordLink(db: Prisma.TransactionClient, token: string): Promise<PasswordLink> {
  const link = await db.userLink.findUnique({
    where: { tokenHash: hashToken(token) },
    include: { user: { select: { userId: true, email: true } } },
  });
  if (link) {
    if (link.consumedAt !== null) throw new AppError('invalid', 'auth.token_invalid');
    requireLive(link.expiresAt);
    return { account: link.user, expiresAt: link.expiresAt };
  }
  const invitation = await loadOpenInvitation(db, token);
  return { account: null, invitation, expiresAt: invitation.expiresAt };
}
