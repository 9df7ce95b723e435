import { uuidv7 } from 'uuidv7';
import type { RequestScope } from '../access/scope.js';
import { queueMail } from '../mail/queue-mail.js';
import { createToken } from '../secrets/token.js';

const LINK_LIFETIME_MS = 60 * 60 * 1000;

/** Mails a link for a new password, good once and for an hour. The answer never tells whether the account exists. */
export async function requestPasswordReset(
  scope: RequestScope,
  input: { email: string },
): Promise<Record<string, never>> {
  const { house } = scope;
  const user = await house.db.prisma.user.findUnique({ where: { email: input.email } });
  if (!user || user.disabledAt !== null) return {};
  const { token, hash } = createToken();
  const link = `${house.appUrl}/set-password?token=${token}`;
  const text = `Somebody asked for a new password for your Gangway account.\n\nSet it here within an hour:\n${link}\n\nIf it was not you, ignore this mail: nothing has changed.`;
  await house.db.inTransaction(async (tx) => {
    await tx.userLink.create({
      data: {
        id: uuidv7(),
        userId: user.userId,
        purpose: 'reset',
        tokenHash: hash,
        expiresAt: new Date(Date.now() + LINK_LIFETIME_MS),
      },
    });
    await queueMail(tx, house, { to: user.email, tenant: user.tenant, subject: 'Set a new password', text });
  });
  return {};
}
