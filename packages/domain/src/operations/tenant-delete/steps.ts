import type { Transaction } from '@gangway/db/client';
import type { Operation, RunFacts, StepEffect } from '@gangway/engine/port';
import { endMembershipsOfTenant } from '../../accounts/end-memberships-of-tenant.js';
import type { AppContext } from '../../app-context.js';
import {
  eraseEventsOfTenant,
  eraseRunsOfTenant,
  eraseTrailOfWorkspace,
} from '../../provisioning/erase-tenant-data.js';
import { withStepErrors } from '../to-database-step-error.js';
import { z } from 'zod';
import { tenantDeletePlan } from './plan.js';

/** What the first step says; nothing of the workspace under an earlier version. */
const closed = z.looseObject({ workspaceId: z.string().nullish() });

const TIMEOUT_MS = 30 * 60 * 1000;

/**
 * The deletion of a tenant: first nobody is a member any more, then what the workspace holds goes, then the tenant. People
 * keep their accounts as long as they have a membership elsewhere.
 */
export function tenantDeleteOperation({ db }: AppContext): Operation {
  const step =
    (work: (tx: Transaction, run: RunFacts) => Promise<object | void>): StepEffect =>
    ({ run }) =>
      withStepErrors(async () => {
        const output = await db.inTransaction((tx) => work(tx, run));
        return { tenantId: run.subjectId, ...output };
      });
  const erasing =
    (effect: StepEffect): StepEffect =>
    (ctx) =>
      withStepErrors(async () => {
        const { workspaceId } = closed.parse(ctx.outputs['closing_access'] ?? {});
        if (workspaceId) await eraseTrailOfWorkspace(db, workspaceId, ctx.signal);
        return effect(ctx);
      });
  return {
    plan: tenantDeletePlan,
    steps: {
      closing_access: step(closeAccess),
      deleting_data: step(deleteData),
      deleting_tenant: erasing(step(deleteTenant)),
    },
    compensations: {},
    isFinal: true,
    timeoutMs: TIMEOUT_MS,
  };
}

async function closeAccess(tx: Transaction, run: RunFacts): Promise<object> {
  const tenant = run.subjectId;
  await tx.$executeRaw`
    WITH closed AS (UPDATE tenants SET status = 'deleting', updated_at = now() WHERE tenant = ${tenant}::uuid AND status <> 'deleting'),
    withdrawn AS (UPDATE mail_messages SET status = 'withdrawn', body_ciphertext = NULL WHERE tenant = ${tenant}::uuid AND status = 'queued')
    UPDATE workspaces SET suspended_at = coalesce(suspended_at, now()), updated_at = now() WHERE tenant = ${tenant}::uuid`;
  const workspace = await tx.workspace.findUnique({ where: { tenant }, select: { id: true } });
  return { workspaceId: workspace?.id ?? null, ...(await endMembershipsOfTenant(tx, run)) };
}

// Memberships once more: a run that closed access under an earlier version has left them. Runs, connections and snapshots go
// with the workspace; a worker that still has such a run loses its lease.
async function deleteData(tx: Transaction, run: RunFacts): Promise<void> {
  const tenant = run.subjectId;
  await endMembershipsOfTenant(tx, run);
  await tx.$executeRaw`
    WITH workspace AS (DELETE FROM workspaces WHERE tenant = ${tenant}::uuid),
    settings AS (DELETE FROM tenant_email_settings WHERE tenant_id = ${tenant}::uuid)
    DELETE FROM companies WHERE tenant = ${tenant}::uuid`;
}

async function deleteTenant(tx: Transaction, run: RunFacts): Promise<void> {
  const tenant = run.subjectId;
  await eraseRunsOfTenant(tx, run);
  await eraseEventsOfTenant(tx, tenant);
  await tx.$executeRaw`
    WITH mails AS (DELETE FROM mail_messages WHERE tenant = ${tenant}::uuid)
    DELETE FROM tenants WHERE tenant = ${tenant}::uuid`;
}
