import type { auditEventList, auditEventQuery } from '@gangway/contract/provisioning/audit-events';
import type { AuditEvent } from '@gangway/db/generated/client';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { toCursorId, toPage } from '../page.js';

type Page = z.infer<typeof auditEventList>;

/** The audit trail of a partner, newest first. What happens inside its tenants' workspaces is theirs, and not in it. */
export async function listPartnerAuditEvents(
  scope: PartnerScope,
  { cursor, limit, action, outcome, target_id: targetId }: z.output<typeof auditEventQuery>,
): Promise<Page> {
  const before = toCursorId(cursor);
  const rows = await scope.app.db.prisma.auditEvent.findMany({
    where: {
      partnerId: scope.partnerId,
      ...(action === undefined ? {} : { action }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(targetId === undefined ? {} : { targetId }),
      ...(before ? { id: { lt: before } } : {}),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  const page = toPage(rows, limit, toEvent);
  return { items: page.items, next_cursor: page.nextCursor };
}

function toEvent(row: AuditEvent): Page['items'][number] {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor_kind: row.actorKind,
    actor_id: row.actorId,
    actor: row.actorLabel,
    action: row.action,
    outcome: row.outcome as Page['items'][number]['outcome'],
    reason_code: row.reasonCode,
    target_kind: row.targetKind,
    target_id: row.targetId,
    request_id: row.requestId,
  };
}
