import { Prisma } from '@gangway/db/client';
import type { Rows, RunRecord } from '@gangway/engine/port';
import { uuidv7 } from 'uuidv7';

/** The one audit event of a run's end, beside the one of its start. A parked run has not ended. */
export function auditFinishedRun(run: RunRecord): Rows {
  if (run.held) return [];
  const isGood = run.status === 'succeeded';
  const [action, targetKind, targetId] = nameOf(run, isGood);
  const reasonCode = isGood ? null : run.reasonCode;
  return [
    Prisma.sql`
      INSERT INTO audit_events (id, workspace_id, partner_id, actor_kind, actor_id, actor_label, action, outcome, reason_code,
        target_kind, target_id, data)
      SELECT ${uuidv7()}::uuid, ${run.workspaceId}::uuid, ${run.partnerId}::uuid, ${run.startedByKind}, ${run.startedById},
             ${run.startedByLabel}, ${action}, ${isGood ? 'allowed' : 'failed'}, ${reasonCode}, ${targetKind}, ${targetId},
             ${JSON.stringify({ type: run.type })}::jsonb
        FROM run`,
  ];
}

function nameOf(run: RunRecord, isGood: boolean): [action: string, targetKind: string, targetId: string] {
  switch (run.type) {
    case 'tenant.create':
      return [isGood ? 'tenants.created' : 'tenants.creation_failed', 'tenant', run.subjectId];
    case 'tenant.delete':
      return [isGood ? 'tenants.deleted' : 'tenants.deletion_failed', 'tenant', run.subjectId];
    default:
      return ['operations.finished', 'operation_run', run.id];
  }
}
