import type { runStarted } from '@gangway/contract/provisioning/operation-runs';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { writeAsPartner } from '../access/write-as-partner.js';
import { audit } from '../audit/audit.js';
import { AppError, notFound } from '../errors.js';
import { tenantDeletePlan } from '../operations/tenant-delete/plan.js';

/**
 * Starts the deletion of a tenant, or gives the run that is at it. From here on nobody can work in its workspace.
 * @throws AppError not_found; conflict `tenant.state_conflict` while the tenant is being created
 */
export async function deleteTenant(
  scope: PartnerScope,
  { tenant }: { tenant: string },
): Promise<z.infer<typeof runStarted>> {
  const { app, partnerId } = scope;
  const { kind, id, label } = scope.actor;
  const run = await writeAsPartner(scope, async (tx) => {
    const [row] = await tx.$queryRaw<{ status: string }[]>`
      SELECT status FROM tenants WHERE tenant = ${tenant}::uuid AND partner_id = ${partnerId}::uuid FOR NO KEY UPDATE`;
    if (!row) throw notFound();
    if (row.status === 'provisioning') throw new AppError('conflict', 'tenant.state_conflict');
    const deletion = { plan: tenantDeletePlan, subjectId: tenant, input: { tenantId: tenant } };
    const startedBy = { kind, id, label };
    const started = await app.engine.create({ owner: { partnerId }, ...deletion, startedBy }, tx);
    if (!started.reused) {
      await tx.tenant.update({
        where: { tenant },
        data: { status: 'deleting', operationRunId: started.operationRunId },
      });
      await tx.workspace.updateMany({
        where: { tenant, suspendedAt: null },
        data: { suspendedAt: new Date() },
      });
      await audit(tx, scope, { action: 'tenants.delete', targetKind: 'tenant', targetId: tenant });
    }
    return started;
  });
  app.engine.wake(run.operationRunId);
  return { operation_run_id: run.operationRunId, status: run.status };
}
