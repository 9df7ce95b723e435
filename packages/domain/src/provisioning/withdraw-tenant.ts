import { Prisma } from '@gangway/db/client';
import type { Rows, RunRecord } from '@gangway/engine/port';

/**
 * What the end of a failed creation means for its tenant. The row was promised before the run began, so a run that ends
 * before its first step has nothing to compensate and would leave it behind: it goes here, if nothing hangs on it.
 */
export function withdrawTenant(run: RunRecord): Rows {
  if (run.held || run.reasonCode === 'run.rollback_failed') return [];
  return [
    Prisma.sql`
      DELETE FROM tenants t WHERE t.tenant = ${run.subjectId}::uuid AND t.operation_run_id = ${run.id}::uuid
         AND t.status = 'provisioning' AND NOT EXISTS (SELECT FROM users u WHERE u.tenant = t.tenant)`,
  ];
}
