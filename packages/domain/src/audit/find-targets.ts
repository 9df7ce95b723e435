import type { Database } from '@gangway/db/client';
import { uuid } from '@gangway/contract/text';

export interface AuditTarget {
  /** What it is called now; null where it is gone or has no name. */
  readonly name: string | null;
  readonly managedTenant: { readonly id: string; readonly name: string } | null;
}

const STATEMENT = `
SELECT f.id, f.name, t.id AS tenant_id, t.name AS tenant_name
  FROM (SELECT id, name, id AS managed_tenant_id FROM managed_tenants WHERE workspace_id = $1 AND id = ANY($2)
        UNION ALL SELECT id, display_name, managed_tenant_id FROM provider_connections WHERE workspace_id = $1 AND id = ANY($2)
        UNION ALL SELECT id, NULL, managed_tenant_id FROM onboarding_sessions WHERE workspace_id = $1 AND id = ANY($2)
        UNION ALL SELECT id, type, managed_tenant_id FROM operation_runs WHERE workspace_id = $1 AND id = ANY($2)
        UNION ALL SELECT id, email, NULL FROM invitations WHERE workspace_id = $1 AND id = ANY($2)
        UNION ALL SELECT user_id, email, NULL FROM users WHERE user_id = ANY($2)) f
  LEFT JOIN managed_tenants t ON t.id = f.managed_tenant_id AND t.workspace_id = $1`;

/** What the targets of events are called, by id; one statement for a page of them. Only ids that events of the workspace name. */
export async function findTargets(
  db: Pick<Database, 'pool'>,
  workspaceId: string,
  targetIds: readonly (string | null)[],
): Promise<ReadonlyMap<string, AuditTarget>> {
  const ids = targetIds.filter((id) => uuid.safeParse(id).success);
  if (ids.length === 0) return new Map();
  const { rows } = await db.pool.query<{
    id: string;
    name: string | null;
    tenant_id: string | null;
    tenant_name: string;
  }>({ name: 'find_audit_targets', text: STATEMENT, values: [workspaceId, ids] });
  return new Map(
    rows.map((row) => [
      row.id,
      {
        name: row.name,
        managedTenant: row.tenant_id === null ? null : { id: row.tenant_id, name: row.tenant_name },
      },
    ]),
  );
}
