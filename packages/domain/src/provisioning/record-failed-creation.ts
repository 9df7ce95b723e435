import type { Prisma } from '@gangway/db/generated/client';
import type { RunRecord } from '@gangway/engine/store/records';
import { uuidv7 } from 'uuidv7';

/**
 * What the end of a failed creation means for its tenant. The row was promised before the run began, so a run that ends
 * before its first step has nothing to compensate and would leave it behind: it goes here, if nothing hangs on it.
 */
export async function recordFailedCreation(
  tx: Pick<Prisma.TransactionClient, '$executeRaw'>,
  run: RunRecord,
): Promise<void> {
  if (run.held || run.reasonCode === 'run.rollback_failed') return;
  await tx.$executeRaw`
    WITH withdrawn AS (
      DELETE FROM tenants t WHERE t.tenant = ${run.subjectId}::uuid AND t.operation_run_id = ${run.id}::uuid
         AND t.status = 'provisioning' AND NOT EXISTS (SELECT FROM users u WHERE u.tenant = t.tenant)
    )
    INSERT INTO audit_events (id, partner_id, actor_kind, actor_id, actor_label, action, outcome, reason_code, target_kind, target_id)
    VALUES (${uuidv7()}::uuid, ${run.partnerId}::uuid, ${run.startedByKind}, ${run.startedById}, ${run.startedByLabel},
            'tenants.creation_failed', 'failed', ${run.reasonCode}, 'tenant', ${run.subjectId})`;
}
