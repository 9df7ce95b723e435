import type { setPassword as schema } from '@gangway/contract/auth';
import type { z } from 'zod';
import type { RequestScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { AppError } from '../errors.js';
import { hashToken } from '../secrets/token.js';
import { storePassword } from './store-password.js';

/** Sets a password with a mailed link; the link and all sessions end with it. @throws AppError invalid, gone */
export async function setPassword(
  scope: RequestScope,
  input: z.output<(typeof schema)['in']>,
): Promise<z.infer<(typeof schema)['out']>> {
  const { db, hasher } = scope.house;
  const tokenHash = hashToken(input.token);
  const link = await db.prisma.userLink.findUnique({ where: { tokenHash }, include: { user: true } });
  if (!link || link.consumedAt !== null) throw new AppError('invalid', 'auth.token_invalid');
  if (link.expiresAt < new Date()) throw new AppError('gone', 'auth.token_expired');
  const passwordHash = await hasher.hash(input.newPassword);
  await db.inTransaction(async (tx) => {
    const consumed = await tx.userLink.updateMany({
      where: { tokenHash, consumedAt: null },
      data: { consumedAt: new Date() },
    });
    if (consumed.count === 0) throw new AppError('invalid', 'auth.token_invalid');
    await storePassword(tx, link.userId, passwordHash, null);
    const actor = { kind: 'system', id: 'link', label: link.user.email } as const;
    await audit(
      tx,
      { ...scope, actor },
      { action: 'auth.setPassword', targetKind: 'user', targetId: link.userId },
    );
  });
  return { email: link.user.email };
}
