import { Prisma } from '@gangway/db/client';
import type { Rows, RunRecord } from '@gangway/engine/port';
import { withdrawTenant } from '../provisioning/withdraw-tenant.js';
import { announceFinishedRun } from '../webhooks/announce-finished-run.js';
import { auditFinishedRun } from './audit-finished-run.js';

/**
 * What else is recorded where a run ends: its audit event, the news for webhooks, and what a verification means for its connection and its
 * managed tenant. Only the newest verdict counts: a report about an older revision never hides a newer one. The health of
 * the managed tenant is that of its default connection, with which operations run.
 */
export function recordFinishedRun(run: RunRecord): Rows {
  const isFailedCreation = run.type === 'tenant.create' && run.status === 'failed';
  const rows = isFailedCreation ? withdrawTenant(run) : toVerdict(run);
  return [...auditFinishedRun(run), ...announceFinishedRun(run), ...rows];
}

function toVerdict(run: RunRecord): Rows {
  // Nothing was found out about the connection itself.
  const isVerdict =
    run.type === 'provider.connection.check' &&
    !run.reasonCode?.startsWith('run.') &&
    run.reasonCode !== 'internal.error';
  if (!isVerdict || run.providerConnectionId === null) return [];
  const isVerified = run.status === 'succeeded';
  const health = !isVerified ? 'failing' : run.warnings.length > 0 ? 'attention' : 'healthy';
  return [
    Prisma.sql`
      UPDATE managed_tenants t SET health = ${health}, last_checked_at = now()
        FROM provider_connections c
       WHERE c.id = ${run.providerConnectionId}::uuid AND c.managed_tenant_id = t.id AND c.is_default
         AND (c.checked_run_id IS NULL OR c.checked_run_id < ${run.id}::uuid)`,
    Prisma.sql`
      UPDATE provider_connections c
         SET checked_revision = (${JSON.stringify(run.input)}::jsonb->>'revision')::int,
             checked_outcome = ${isVerified ? 'verified' : 'failed'}, checked_at = now(), checked_run_id = ${run.id}::uuid,
             verified_at = CASE WHEN ${isVerified}::boolean THEN now() ELSE c.verified_at END
       WHERE c.id = ${run.providerConnectionId}::uuid
         AND (c.checked_run_id IS NULL OR c.checked_run_id < ${run.id}::uuid)`,
  ];
}
