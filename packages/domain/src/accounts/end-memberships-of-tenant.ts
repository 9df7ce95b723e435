import type { Role } from '@gangway/contract/capabilities';
import type { Prisma } from '@gangway/db/generated/client';
import type { RunFacts } from '@gangway/engine/port';
import { auditMany } from '../audit/audit.js';
import { affectedByDeletion } from './affected-by-deletion.js';
import { deleteAccounts } from './delete-accounts.js';

/** How many memberships and accounts ended. */
export interface EndedPeople {
  readonly membershipsEnded: number;
  readonly accountsEnded: number;
}

/**
 * Ends every membership of the workspace of `run`'s tenant, and the accounts whose last membership it was, and records each
 * in the workspace's audit trail as an act of whoever started the deletion. Memberships in other workspaces stay as they
 * are. Harmless when called again.
 */
export async function endMembershipsOfTenant(
  tx: Prisma.TransactionClient,
  run: RunFacts,
): Promise<EndedPeople> {
  const tenant = run.subjectId;
  // Nobody joins this workspace any more, and none of its people joins another before the commit: an insert into
  // memberships has to wait for both rows. Always in this order, the workspace and then people by id.
  const [workspace] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM workspaces WHERE tenant = ${tenant}::uuid FOR UPDATE`;
  await tx.$queryRaw`
    SELECT u.user_id FROM users u
     WHERE u.user_id IN (SELECT a.user_id FROM (${affectedByDeletion(tenant)}) a) ORDER BY u.user_id FOR UPDATE`;
  const affected = await tx.$queryRaw<{ user_id: string; role: Role | null; account_ends: boolean }[]>`
    SELECT a.user_id, a.role, a.account_ends FROM (${affectedByDeletion(tenant)}) a ORDER BY a.user_id`;
  const members = affected.filter(({ role }) => role !== null);
  const ended = affected.filter(({ account_ends }) => account_ends).map(({ user_id }) => user_id);
  await tx.$executeRaw`DELETE FROM memberships WHERE workspace_id = ${workspace?.id ?? null}::uuid`;
  await deleteAccounts(tx, ended);
  const source = {
    actor: run.startedBy,
    requestId: null,
    ...(workspace ? { workspaceId: workspace.id } : {}),
  };
  const because = { operationRunId: run.id };
  await auditMany(tx, source, [
    ...members.map(({ user_id, role }) => ({
      action: 'members.remove',
      ...{ targetKind: 'user', targetId: user_id, data: { role: role ?? '', ...because } },
    })),
    ...ended.map((id) => ({ action: 'accounts.delete', targetKind: 'user', targetId: id, data: because })),
  ]);
  return { membershipsEnded: members.length, accountsEnded: ended.length };
}
