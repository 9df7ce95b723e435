import type { Database } from '@gangway/db/client';
import type { Prisma } from '@gangway/db/generated/client';
import { auditMany } from '../audit/audit.js';
import { eraseInputOfRuns } from '../provisioning/erase-tenant-data.js';
import { deleteAccounts } from './delete-accounts.js';
import { erasePersonData } from './erase-person-data.js';

export interface ErasedPerson {
  /** Null: there was no account with this address. */
  readonly userId: string | null;
  /** Workspaces whose membership ended. */
  readonly workspaceIds: readonly string[];
  /** Tenants whose own address this is. It stays until the tenant is deleted, or created anew with another address. */
  readonly tenantsOfAddress: readonly string[];
}

/** The person is the last owner of these workspaces: each needs another owner, or its tenant is deleted, before. */
export class LastOwnerError extends Error {
  override readonly name = 'LastOwnerError';
  constructor(readonly workspaces: readonly { readonly id: string; readonly slug: string }[]) {
    super(`Last owner of ${workspaces.map(({ slug }) => slug).join(', ')}`);
  }
}

/**
 * Erases a person who asked for it: memberships, account, invitations, mails, and the name in every trail. The operator's
 * act is recorded in each workspace that loses a member, by id. @throws LastOwnerError, and nothing is changed
 */
export function erasePerson(db: Database, address: string): Promise<ErasedPerson> {
  const email = address.trim().toLowerCase();
  return db.inTransaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { email }, select: { userId: true } });
    const workspaceIds = user ? await endMemberships(tx, user.userId) : [];
    if (user) await deleteAccounts(tx, [user.userId]);
    // Also for an address that was invited and never had an account.
    await tx.$executeRaw`DELETE FROM invitations WHERE email = ${email}`;
    await erasePersonData(tx, [{ userId: user?.userId ?? null, email }]);
    await eraseInputOfRuns(tx, email);
    const tenants = await tx.tenant.findMany({ where: { email }, select: { tenant: true } });
    return {
      userId: user?.userId ?? null,
      workspaceIds,
      tenantsOfAddress: tenants.map(({ tenant }) => tenant),
    };
  });
}

async function endMemberships(tx: Prisma.TransactionClient, userId: string): Promise<string[]> {
  // The workspaces and then the account, as everybody who changes memberships locks them.
  const workspaces = await tx.$queryRaw<{ id: string; slug: string }[]>`
    SELECT w.id, w.slug FROM workspaces w
     WHERE w.id IN (SELECT m.workspace_id FROM memberships m WHERE m.user_id = ${userId}::uuid) ORDER BY w.id FOR UPDATE`;
  await tx.$queryRaw`SELECT 1 AS one FROM users WHERE user_id = ${userId}::uuid FOR UPDATE`;
  const orphaned = await tx.$queryRaw<{ id: string; slug: string }[]>`
    SELECT w.id, w.slug FROM workspaces w JOIN memberships m ON m.workspace_id = w.id AND m.user_id = ${userId}::uuid
     WHERE m.role = 'owner' AND NOT EXISTS (
       SELECT FROM memberships o WHERE o.workspace_id = w.id AND o.user_id <> m.user_id AND o.role = 'owner')`;
  if (orphaned.length > 0) throw new LastOwnerError(orphaned);
  const actor = { kind: 'system', id: 'operator', label: 'operator' } as const;
  for (const { id: workspaceId } of workspaces) {
    const { role } = await tx.membership.delete({
      where: { workspaceId_userId: { workspaceId, userId } },
      select: { role: true },
    });
    const target = { targetKind: 'user', targetId: userId };
    await auditMany(tx, { actor, requestId: null, workspaceId }, [
      { action: 'members.remove', ...target, data: { role } },
      { action: 'accounts.delete', ...target },
    ]);
  }
  return workspaces.map(({ id }) => id);
}
