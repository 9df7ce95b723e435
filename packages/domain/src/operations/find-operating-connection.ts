import type { ReadClient } from '@gangway/db/client';
import type { ProviderConnection } from '@gangway/db/generated/client';

/** The connection operations of a managed tenant run with: its default one, or else its newest. Null where it has none. */
export function findOperatingConnection(
  db: ReadClient,
  workspaceId: string,
  managedTenantId: string,
): Promise<ProviderConnection | null> {
  return db.providerConnection.findFirst({
    where: { workspaceId, managedTenantId },
    orderBy: [{ isDefault: 'desc' }, { id: 'desc' }],
  });
}
