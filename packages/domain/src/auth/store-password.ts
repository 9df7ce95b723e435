import type { Prisma } from '@gangway/db/generated/client';

/**
 * Sets a password that its owner chose, and ends their sessions and mailed links except the one session named. The row of
 * the account comes first: a sign-in with the old password holds it until its session is there to be ended, or waits and
 * then finds another hash.
 */
export async function storePassword(
  tx: Prisma.TransactionClient,
  userId: string,
  passwordHash: string,
  keepSessionId: string | null,
): Promise<void> {
  await tx.user.update({
    where: { userId },
    data: { passwordHash, mustChangePassword: false, passwordExpiresAt: null },
  });
  await tx.browserSession.updateMany({
    where: { userId, revokedAt: null, ...(keepSessionId ? { id: { not: keepSessionId } } : {}) },
    data: { revokedAt: new Date() },
  });
  await tx.userLink.updateMany({ where: { userId, consumedAt: null }, data: { consumedAt: new Date() } });
}
