import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { notFound } from '../errors.js';

/** Locks a connection of the workspace until the transaction ends: nobody removes what is being chosen or changed. @throws AppError not_found */
export async function lockConnection(
  tx: WorkspaceTransaction,
  workspaceId: string,
  id: string,
): Promise<void> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT id FROM provider_connections WHERE id = ${id}::uuid AND workspace_id = ${workspaceId}::uuid FOR UPDATE`;
  if (rows.length === 0) throw notFound();
}

/**
 * Locks the managed tenant that a connection belongs to, which keeps two changes of its default apart. Comes before the
 * lock of the connection. @returns the managed tenant's id. @throws AppError not_found
 */
export async function lockTenantOfConnection(
  tx: WorkspaceTransaction,
  workspaceId: string,
  connectionId: string,
): Promise<string> {
  const [tenant] = await tx.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM managed_tenants t JOIN provider_connections c ON c.managed_tenant_id = t.id
     WHERE c.id = ${connectionId}::uuid AND c.workspace_id = ${workspaceId}::uuid FOR UPDATE OF t`;
  if (!tenant) throw notFound();
  return tenant.id;
}
