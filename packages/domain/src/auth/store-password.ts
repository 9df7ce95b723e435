import type { Prisma } from '@gangway/db/generated/client';

/** Sets a password that its owner chose, and ends their sessions and mailed links except the one session named. */
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
