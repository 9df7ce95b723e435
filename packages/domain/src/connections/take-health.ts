import type { WorkspaceTransaction } from '../access/workspace-transaction.js';

/**
 * What is known about the health of a managed tenant is what is known about its default connection: called where another
 * one became it. Without a check of that connection as it is now, nobody knows.
 */
export async function takeHealth(
  tx: WorkspaceTransaction,
  workspaceId: string,
  managedTenantId: string,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE managed_tenants t
       SET last_checked_at = (SELECT c.checked_at FROM provider_connections c
                               WHERE c.managed_tenant_id = t.id AND c.is_default),
           health = coalesce((
             SELECT CASE WHEN c.checked_outcome <> 'verified' THEN 'failing'
                         WHEN jsonb_array_length(r.warnings) > 0 THEN 'attention'
                         ELSE 'healthy' END
               FROM provider_connections c
               LEFT JOIN operation_runs r ON r.id = c.checked_run_id AND r.workspace_id = c.workspace_id
              WHERE c.managed_tenant_id = t.id AND c.is_default AND c.checked_revision = c.revision), 'unknown')
     WHERE t.id = ${managedTenantId}::uuid AND t.workspace_id = ${workspaceId}::uuid`;
}
