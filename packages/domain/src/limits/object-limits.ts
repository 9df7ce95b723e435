import type { Prisma } from '@gangway/db/generated/client';
import { AppError } from '../errors.js';

/** How many of each there may be at a time, for one partner or one workspace. */
export const OBJECT_LIMITS = {
  /** Webhook endpoints of a partner, switched off or not. */
  webhooks: { max: 50, reasonCode: 'webhook.limit_reached' },
  /** API keys of a partner that work and are not being replaced. */
  apiKeys: { max: 100, reasonCode: 'api_key.limit_reached' },
  /** Invitations of a workspace that are neither accepted nor withdrawn. */
  invitations: { max: 500, reasonCode: 'invitation.limit_reached' },
} as const;

/**
 * Makes sure that the owner may have one more, until the transaction ends: creations of one owner wait for each other,
 * so that several at once do not all see the last free place.
 * @throws AppError conflict with the reason code of the limit
 */
export async function requireBelowLimit(
  tx: Prisma.TransactionClient,
  kind: keyof typeof OBJECT_LIMITS,
  ownerId: string,
  count: () => Promise<number>,
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${kind}:${ownerId}`}, 0))`;
  const { max, reasonCode } = OBJECT_LIMITS[kind];
  if ((await count()) >= max) throw new AppError('conflict', reasonCode);
}
