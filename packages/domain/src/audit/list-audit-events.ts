import type { list } from '@gangway/contract/audit';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { toCursorId, toPage } from '../page.js';

/** The audit trail of a workspace, newest first. */
export async function listAuditEvents(
  scope: WorkspaceScope,
  input: z.output<(typeof list)['in']>,
): Promise<z.infer<(typeof list)['out']>> {
  const before = toCursorId(input.cursor);
  const rows = await scope.house.db.prisma.auditEvent.findMany({
    where: {
      workspaceId: scope.workspaceId,
      ...(input.action ? { action: input.action } : {}),
      ...(input.outcome ? { outcome: input.outcome } : {}),
      ...(input.targetId ? { targetId: input.targetId } : {}),
      ...(before ? { id: { lt: before } } : {}),
    },
    orderBy: { id: 'desc' },
    take: input.limit + 1,
  });
  return toPage(rows, input.limit, (row) => ({
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actorLabel,
    action: row.action,
    outcome: row.outcome as 'allowed' | 'denied' | 'failed',
    reasonCode: row.reasonCode,
    targetKind: row.targetKind,
    targetId: row.targetId,
    requestId: row.requestId,
  }));
}
