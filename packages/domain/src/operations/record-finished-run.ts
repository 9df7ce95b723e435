import type { Prisma } from '@gangway/db/generated/client';
import type { RunRecord } from '@gangway/engine/store/records';
import { recordFailedCreation } from '../provisioning/record-failed-creation.js';
import { announceFinishedRun } from '../webhooks/announce-finished-run.js';

/**
 * What a finished verification means for its connection and its managed tenant. Only the newest verdict counts: a
 * report about an older revision never hides a newer one.
 */
export async function recordFinishedRun(
  tx: Pick<Prisma.TransactionClient, '$executeRaw'>,
  run: RunRecord,
): Promise<void> {
  await announceFinishedRun(tx, run);
  if (run.type === 'tenant.create' && run.status === 'failed') return recordFailedCreation(tx, run);
  // Nothing was found out about the connection itself.
  const isVerdict =
    run.type === 'provider.connection.check' &&
    !run.reasonCode?.startsWith('run.') &&
    run.reasonCode !== 'internal.error';
  if (!isVerdict || run.providerConnectionId === null) return;
  const isVerified = run.status === 'succeeded';
  const health = !isVerified ? 'failing' : run.warnings.length > 0 ? 'attention' : 'healthy';
  await tx.$executeRaw`
    WITH checked AS (
      UPDATE provider_connections c
         SET checked_revision = (${JSON.stringify(run.input)}::jsonb->>'revision')::int,
             checked_outcome = ${isVerified ? 'verified' : 'failed'}, checked_at = now(), checked_run_id = ${run.id}::uuid,
             verified_at = CASE WHEN ${isVerified} THEN now() ELSE c.verified_at END
       WHERE c.id = ${run.providerConnectionId}::uuid
         AND (c.checked_run_id IS NULL OR c.checked_run_id < ${run.id}::uuid)
      RETURNING c.managed_tenant_id)
    UPDATE managed_tenants t SET health = ${health}, last_checked_at = now()
      FROM checked WHERE t.id = checked.managed_tenant_id`;
}
