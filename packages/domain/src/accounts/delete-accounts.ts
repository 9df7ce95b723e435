import type { Prisma } from '@gangway/db/generated/client';
import { erasePersonData, type Person } from './erase-person-data.js';

/**
 * Deletes accounts that have no membership, and what names their people elsewhere, in the caller's transaction. Sessions,
 * links, roles and a temporary password go with an account. The caller holds the rows of `users` (FOR UPDATE), so that
 * nobody joins a workspace meanwhile, and writes the audit events.
 */
export async function deleteAccounts(
  tx: Prisma.TransactionClient,
  userIds: readonly string[],
): Promise<void> {
  if (userIds.length === 0) return;
  const deleted = await tx.$queryRaw<Person[]>`
    DELETE FROM users u WHERE u.user_id = ANY (${[...userIds]}::uuid[])
       AND NOT EXISTS (SELECT FROM memberships m WHERE m.user_id = u.user_id)
    RETURNING u.user_id AS "userId", u.email`;
  await erasePersonData(tx, deleted);
}
