import type { list } from '@gangway/contract/audit';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { toCursorId, toPage } from '../page.js';
import { findTargets } from './find-targets.js';

/** The audit trail of a workspace, newest first. */
export async function listAuditEvents(
  scope: WorkspaceScope,
  input: z.output<(typeof list)['in']>,
): Promise<z.infer<(typeof list)['out']>> {
  const before = toCursorId(input.cursor);
  const targets = input.managedTenantId ? await targetsOf(scope, input.managedTenantId) : null;
  const rows = await scope.app.db.prisma.auditEvent.findMany({
    where: {
      workspaceId: scope.workspaceId,
      ...(input.action ? { action: input.action } : {}),
      ...(input.actor ? { actorLabel: input.actor } : {}),
      ...(input.outcome ? { outcome: input.outcome } : {}),
      ...(input.targetId ? { targetId: input.targetId } : {}),
      ...(targets ? { AND: { targetId: { in: targets } } } : {}),
      ...(before ? { id: { lt: before } } : {}),
    },
    orderBy: { id: 'desc' },
    take: input.limit + 1,
  });
  const targetIds = rows.map((row) => row.targetId);
  const known = await findTargets(scope.app.db, scope.workspaceId, targetIds);
  return toPage(rows, input.limit, (row) => ({
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actorLabel,
    action: row.action,
    outcome: row.outcome as 'allowed' | 'denied' | 'failed',
    reasonCode: row.reasonCode,
    targetKind: row.targetKind,
    targetId: row.targetId,
    targetName: known.get(row.targetId ?? '')?.name ?? null,
    managedTenant: known.get(row.targetId ?? '')?.managedTenant ?? null,
    details: toDetails(row.data),
    requestId: row.requestId,
  }));
}

/** What was recorded beside the target, as far as it is text. */
function toDetails(data: unknown): Record<string, string> {
  if (typeof data !== 'object' || data === null) return {};
  return Object.fromEntries(
    Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The ids under which events of a managed tenant stand: its own, and those of its connections, sessions and newest runs. */
async function targetsOf(scope: WorkspaceScope, managedTenantId: string): Promise<string[]> {
  const { workspaceId } = scope;
  const { rows } = await scope.app.db.pool.query<{ id: string }>(
    `SELECT $2::uuid AS id
      UNION ALL SELECT id FROM provider_connections WHERE workspace_id = $1 AND managed_tenant_id = $2
      UNION ALL SELECT id FROM onboarding_sessions WHERE workspace_id = $1 AND managed_tenant_id = $2
      UNION ALL (SELECT id FROM operation_runs WHERE workspace_id = $1 AND managed_tenant_id = $2
                  ORDER BY id DESC LIMIT 500)`,
    [workspaceId, managedTenantId],
  );
  return rows.map((row) => row.id);
}
