import type { Prisma } from '@gangway/db/generated/client';

/** What a change by its owner builds on: a link needs to know neither. */
export interface PasswordChange {
  /** The hash of the password that they proved to know; the change is made only where it still stands. */
  readonly comparedHash: string | null;
  readonly keepSessionId: string;
}

/**
 * Sets a password that its owner chose, and ends their sessions and mailed links except the one session named. The row of
 * the account comes first: a sign-in with the old password holds it until its session is there to be ended, or waits and
 * then finds another hash.
 * @returns false, and nothing is done, where the account is gone or another change came first
 */
export async function storePassword(
  tx: Prisma.TransactionClient,
  userId: string,
  passwordHash: string,
  change: PasswordChange | null,
): Promise<boolean> {
  const { count } = await tx.user.updateMany({
    where: { userId, ...(change ? { passwordHash: change.comparedHash } : {}) },
    data: { passwordHash, mustChangePassword: false, passwordExpiresAt: null },
  });
  if (count === 0) return false;
  await tx.browserSession.updateMany({
    where: { userId, revokedAt: null, ...(change ? { id: { not: change.keepSessionId } } : {}) },
    data: { revokedAt: new Date() },
  });
  await tx.userLink.updateMany({ where: { userId, consumedAt: null }, data: { consumedAt: new Date() } });
  return true;
}
