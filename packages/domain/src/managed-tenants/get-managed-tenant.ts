import type { ManagedTenant, Snapshot } from '@gangway/contract/managed-tenants';
import type { WorkspaceScope } from '../access/scope.js';
import { toConnection, withCredentialInfo } from '../connections/to-connection.js';
import { notFound } from '../errors.js';
import { toManagedTenant, withOpenSession } from './to-managed-tenant.js';

/** A managed tenant with its connections and the newest snapshot of each kind. @throws AppError not_found */
export async function getManagedTenant(
  scope: WorkspaceScope,
  input: { managedTenantId: string },
): Promise<ManagedTenant> {
  const { workspaceId } = scope;
  const id = input.managedTenantId;
  const db = scope.app.db.prisma;
  const row = await db.managedTenant.findFirst({
    where: { workspaceId, id },
    include: {
      ...withOpenSession,
      connections: { include: withCredentialInfo, orderBy: { id: 'asc' }, take: 100 },
    },
  });
  if (!row) throw notFound();
  const snapshots = await db.$queryRaw<
    { type: Snapshot['type']; data: Record<string, unknown>; taken_at: Date; operation_run_id: string }[]
  >`
    SELECT DISTINCT ON (type) type, data, taken_at, operation_run_id FROM snapshots
     WHERE workspace_id = ${workspaceId}::uuid AND managed_tenant_id = ${id}::uuid
     ORDER BY type, taken_at DESC`;
  return {
    ...toManagedTenant(row),
    connections: row.connections.map(toConnection),
    snapshots: snapshots.map((shot) => ({
      type: shot.type,
      data: shot.data,
      takenAt: shot.taken_at.toISOString(),
      operationRunId: shot.operation_run_id,
    })),
  };
}
