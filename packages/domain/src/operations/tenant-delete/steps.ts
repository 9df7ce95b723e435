import type { Operation, RunFacts } from '@gangway/engine/step';
import type { House } from '../../house.js';
import { withStepErrors } from '../to-database-step-error.js';
import { tenantDeletePlan } from './plan.js';

const TIMEOUT_MS = 30 * 60 * 1000;

/** The deletion of a tenant: who is inside is put out first, then what is inside goes, then the tenant itself. */
export function tenantDeleteOperation({ db }: House): Operation {
  const closeAccess = (tenant: string) => db.prisma.$executeRaw`
    WITH closed AS (UPDATE tenants SET status = 'deleting', updated_at = now() WHERE tenant = ${tenant}::uuid AND status <> 'deleting'),
    disabled AS (UPDATE users SET disabled_at = coalesce(disabled_at, now()), updated_at = now() WHERE tenant = ${tenant}::uuid RETURNING user_id),
    ended AS (UPDATE browser_sessions s SET revoked_at = now() FROM disabled d WHERE s.user_id = d.user_id AND s.revoked_at IS NULL),
    withdrawn AS (UPDATE mail_messages SET status = 'withdrawn', body_ciphertext = NULL WHERE tenant = ${tenant}::uuid AND status = 'queued')
    UPDATE workspaces SET suspended_at = coalesce(suspended_at, now()), updated_at = now() WHERE tenant = ${tenant}::uuid`;
  // Runs, connections and snapshots go with the workspace; a worker that still holds such a run loses it.
  const deleteData = (tenant: string) => db.prisma.$executeRaw`
    WITH workspace AS (DELETE FROM workspaces WHERE tenant = ${tenant}::uuid),
    people AS (DELETE FROM users WHERE tenant = ${tenant}::uuid),
    settings AS (DELETE FROM tenant_email_settings WHERE tenant_id = ${tenant}::uuid)
    DELETE FROM companies WHERE tenant = ${tenant}::uuid`;
  const deleteTenant = (tenant: string) => db.prisma.$executeRaw`
    WITH mails AS (DELETE FROM mail_messages WHERE tenant = ${tenant}::uuid)
    DELETE FROM tenants WHERE tenant = ${tenant}::uuid`;
  const step = (work: (tenant: string) => Promise<number>) => (ctx: { run: RunFacts }) =>
    withStepErrors(async () => {
      await work(ctx.run.subjectId);
      return { tenantId: ctx.run.subjectId };
    });
  return {
    plan: tenantDeletePlan,
    steps: {
      closing_access: step(closeAccess),
      deleting_data: step(deleteData),
      deleting_tenant: step(deleteTenant),
    },
    compensations: {},
    isFinal: true,
    timeoutMs: TIMEOUT_MS,
  };
}
