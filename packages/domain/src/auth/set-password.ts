import type { setPassword as schema } from '@gangway/contract/auth';
import type { Prisma } from '@gangway/db/generated/client';
import type { z } from 'zod';
import type { PublicScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { AppError } from '../errors.js';
import { countLinkTries } from '../limits/count-link-tries.js';
import { createInvitedAccount } from '../members/create-invited-account.js';
import { hashToken } from '../secrets/token.js';
import { findPasswordLink } from './find-password-link.js';
import { storePassword } from './store-password.js';

type Account = { readonly userId: string; readonly email: string };
/** Stores the password for whoever the token was mailed to; null where it was used meanwhile. */
type Consume = (tx: Prisma.TransactionClient, passwordHash: string) => Promise<Account | null>;

/**
 * Sets a password with a mailed link; the link and all sessions end with it. By the link of an invitation a person
 * without an account gets one, and can then accept. @throws AppError invalid, gone, too_many
 */
export async function setPassword(
  scope: PublicScope,
  input: z.output<(typeof schema)['in']>,
): Promise<z.infer<(typeof schema)['out']>> {
  const { db, hasher } = scope.app;
  const account = await countLinkTries(scope, async () => {
    const consume = await findLink(scope, input.token);
    const passwordHash = await hasher.hash(input.newPassword);
    return db.inTransaction(async (tx) => {
      const found = await consume(tx, passwordHash);
      if (!found) throw new AppError('invalid', 'auth.token_invalid');
      const actor = { kind: 'system', id: 'link', label: found.email } as const;
      const entry = { action: 'auth.setPassword', targetKind: 'user', targetId: found.userId };
      await audit(tx, { ...scope, actor }, entry);
      return found;
    });
  });
  return { email: account.email };
}

async function findLink(scope: PublicScope, token: string): Promise<Consume> {
  const link = await findPasswordLink(scope.app.db.prisma, token);
  if (link.account === null)
    return (tx, passwordHash) => createInvitedAccount(tx, link.invitation, passwordHash);
  const { account } = link;
  return async (tx, passwordHash) => {
    // Before its links: every change of a password locks in this order, so that no two wait for each other.
    await tx.$queryRaw`SELECT 1 AS one FROM users WHERE user_id = ${account.userId}::uuid FOR NO KEY UPDATE`;
    const consumed = await tx.userLink.updateMany({
      where: { tokenHash: hashToken(token), consumedAt: null },
      data: { consumedAt: new Date() },
    });
    if (consumed.count === 0) return null;
    return (await storePassword(tx, account.userId, passwordHash, null)) ? account : null;
  };
}
