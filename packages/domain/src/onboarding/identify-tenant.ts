import type { identifyTenant as schema } from '@gangway/contract/onboarding';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import { audit } from '../audit/audit.js';
import { requireCloud } from '../connections/require-cloud.js';
import { findInCloud } from '../managed-tenants/find-in-cloud.js';
import { loadFacts } from './load-facts.js';
import { currentStep } from './current-step.js';

type Input = z.output<(typeof schema)['in']>;

/**
 * Makes the managed tenant known to the workspace, or finds it, and opens its onboarding session, or resumes the open
 * one. Called twice, by whomever, it gives the same pair: callers with one Entra tenant id wait for each other.
 */
export async function identifyTenant(
  scope: WorkspaceScope,
  input: Input,
): Promise<z.infer<(typeof schema)['out']>> {
  const { workspaceId, actor } = scope;
  if (input.cloud) requireCloud(scope, input.cloud);
  return writeInWorkspace(scope, async (tx) => {
    const tenant = await findOrInsert(tx, scope, input);
    // Touching the open session locks it: whoever abandons it meanwhile is waited for, and then a new one is opened.
    const [opened] = await tx.$queryRaw<[{ id: string; is_new: boolean }]>`
      INSERT INTO onboarding_sessions AS s (id, workspace_id, managed_tenant_id, created_by, updated_by)
      VALUES (${uuidv7()}::uuid, ${workspaceId}::uuid, ${tenant.id}::uuid, ${actor.id}::uuid, ${actor.label})
      ON CONFLICT (managed_tenant_id) WHERE status = 'open' DO UPDATE SET managed_tenant_id = s.managed_tenant_id
      RETURNING s.id, xmax = 0 AS is_new`;
    const session = await tx.onboardingSession.findUniqueOrThrow({ where: { id: opened.id } });
    await audit(tx, scope, {
      action: 'onboarding.identifyTenant',
      targetKind: 'managed_tenant',
      targetId: tenant.id,
    });
    return {
      managedTenantId: tenant.id,
      onboardingSessionId: session.id,
      currentStep: currentStep(await loadFacts(tx, session)),
      version: session.version,
      resumed: !opened.is_new,
    };
  });
}

/** The managed tenant of this id and cloud: as it was found, with what the input says of it, or a new one. */
async function findOrInsert(
  tx: WorkspaceTransaction,
  { workspaceId, actor }: WorkspaceScope,
  { entraTenantId, name, domain, cloud }: Input,
): Promise<{ id: string }> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`managedTenant:${workspaceId}:${entraTenantId}`}, 0))`;
  // Locked, because the first connection of one whose cloud is not known yet says which cloud it is in.
  const tenants = await tx.$queryRaw<{ id: string; cloud: string | null; status: string }[]>`
    SELECT id, cloud, status FROM managed_tenants
     WHERE workspace_id = ${workspaceId}::uuid AND entra_tenant_id = ${entraTenantId}::uuid
     ORDER BY id FOR NO KEY UPDATE`;
  const found = findInCloud(tenants, cloud ?? null);
  if (!found)
    return tx.managedTenant.create({
      data: {
        ...{ id: uuidv7(), workspaceId, entraTenantId, name, domain: domain ?? null },
        cloud: cloud ?? null,
        createdBy: actor.id,
      },
      select: { id: true },
    });
  return tx.managedTenant.update({
    where: { id: found.id },
    data: {
      ...(found.status === 'onboarding' ? { name } : {}),
      ...(domain ? { domain } : {}),
      cloud: found.cloud ?? cloud ?? null,
    },
    select: { id: true },
  });
}
