import type { WorkspaceScope } from '../access/scope.js';
import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { makeDefault } from './make-default.js';
import { takeHealth } from './take-health.js';
import { verificationOf } from './to-connection.js';

/** The order in which connections follow a default that is gone: what works first, what failed last. */
const RANKS = { verified: 0, stale: 1, never: 2, failed: 3 } as const;

/**
 * Makes another connection of a managed tenant its default, after the one that was it has been removed: a verified one
 * before others, the newest of them. @returns its id, or null where none is left
 */
export async function promoteConnection(
  tx: WorkspaceTransaction,
  scope: WorkspaceScope,
  managedTenantId: string,
): Promise<string | null> {
  const { workspaceId } = scope;
  const rest = await tx.providerConnection.findMany({
    where: { workspaceId, managedTenantId },
    orderBy: { id: 'desc' },
  });
  const [next] = rest.toSorted((one, other) => RANKS[verificationOf(one)] - RANKS[verificationOf(other)]);
  if (next) await makeDefault(tx, scope, next, 'removed');
  else await takeHealth(tx, workspaceId, managedTenantId);
  return next?.id ?? null;
}
