import type { BootstrapType } from '@gangway/contract/operation-types';
import type { Database } from '@gangway/db/client';
import { encodeJson, type JsonObject, type RunFacts } from '@gangway/engine/port';
import { uuidv7 } from 'uuidv7';

/** Keeps what a run read. A run has one snapshot, however often the step is repeated. */
export async function storeSnapshot(
  db: Database,
  run: RunFacts,
  type: BootstrapType,
  data: JsonObject,
): Promise<void> {
  await db.prisma.$executeRaw`
    INSERT INTO snapshots (id, workspace_id, managed_tenant_id, type, data, operation_run_id)
    VALUES (${uuidv7()}::uuid, ${run.workspaceId}::uuid, ${run.managedTenantId}::uuid, ${type}, ${encodeJson(data)}::jsonb, ${run.id}::uuid)
    ON CONFLICT (operation_run_id) DO NOTHING`;
}
