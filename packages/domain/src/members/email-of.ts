import type { Prisma } from '@gangway/db/generated/client';

/** A person's e-mail address, for the trail: it can still be read when their account is gone. */
export async function emailOf(tx: Prisma.TransactionClient, userId: string): Promise<string> {
  const { email } = await tx.user.findUniqueOrThrow({ where: { userId }, select: { email: true } });
  return email;
}
