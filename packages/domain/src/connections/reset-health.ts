import type { WorkspaceTransaction } from '../access/workspace-transaction.js';

/** What was found out about a managed tenant was found out with another connection than it has now: nobody knows. */
export async function resetHealth(
  tx: WorkspaceTransaction,
  workspaceId: string,
  connectionId: string,
): Promise<void> {
  await tx.managedTenant.updateMany({
    where: { workspaceId, connections: { some: { id: connectionId, isDefault: true } } },
    data: { health: 'unknown' },
  });
}
