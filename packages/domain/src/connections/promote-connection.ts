import type { Prisma } from '@gangway/db/generated/client';
import type { WorkspaceScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { verificationOf } from './to-connection.js';

/** The order in which connections follow a default that is gone: what works first, what failed last. */
const RANKS = { verified: 0, stale: 1, never: 2, failed: 3 } as const;

/**
 * Makes another connection of a managed tenant its default, after the one that was it has been removed: a verified one
 * before others, the newest of them. What is known about the tenant's health stays known only where the new default was
 * checked last. @returns its id, or null where none is left
 */
export async function promoteConnection(
  tx: Prisma.TransactionClient,
  scope: WorkspaceScope,
  removed: { readonly managedTenantId: string; readonly checkedAt: Date | null },
): Promise<string | null> {
  const { workspaceId, actor } = scope;
  const { managedTenantId, checkedAt } = removed;
  const rest = await tx.providerConnection.findMany({
    where: { workspaceId, managedTenantId },
    orderBy: { id: 'desc' },
  });
  const [next] = rest.toSorted((one, other) => RANKS[verificationOf(one)] - RANKS[verificationOf(other)]);
  const isStillKnown = next?.checkedAt && (!checkedAt || next.checkedAt > checkedAt);
  if (!isStillKnown)
    await tx.managedTenant.updateMany({
      where: { workspaceId, id: managedTenantId },
      data: { health: 'unknown' },
    });
  if (!next) return null;
  await tx.providerConnection.update({
    where: { id: next.id },
    data: { isDefault: true, version: { increment: 1 }, updatedBy: actor.label },
  });
  await audit(tx, scope, {
    action: 'connections.setDefault',
    targetKind: 'provider_connection',
    targetId: next.id,
    data: { because: 'removed' },
  });
  return next.id;
}
