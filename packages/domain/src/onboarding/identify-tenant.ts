import type { identifyTenant as schema } from '@gangway/contract/onboarding';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import { audit } from '../audit/audit.js';
import { requireCloud } from '../connections/require-cloud.js';
import { loadFacts } from './load-facts.js';
import { currentStep } from './current-step.js';

/**
 * Makes the managed tenant known to the workspace, or finds it, and opens its onboarding session, or resumes the open
 * one. Called twice, by whomever, it gives the same pair: the row lock of the first statement puts callers in a line.
 */
export async function identifyTenant(
  scope: WorkspaceScope,
  input: z.output<(typeof schema)['in']>,
): Promise<z.infer<(typeof schema)['out']>> {
  const { workspaceId, actor } = scope;
  if (input.cloud) requireCloud(scope, input.cloud);
  return writeInWorkspace(scope, async (tx) => {
    const [tenant] = await tx.$queryRaw<[{ id: string }]>`
      INSERT INTO managed_tenants AS t (id, workspace_id, entra_tenant_id, name, domain, cloud, created_by)
      VALUES (${uuidv7()}::uuid, ${workspaceId}::uuid, ${input.entraTenantId}::uuid, ${input.name}, ${input.domain ?? null}, ${input.cloud ?? null}, ${actor.id}::uuid)
      ON CONFLICT (workspace_id, entra_tenant_id) DO UPDATE
        SET name = CASE WHEN t.status = 'onboarding' THEN excluded.name ELSE t.name END,
            domain = coalesce(excluded.domain, t.domain),
            cloud = CASE WHEN t.status = 'onboarding' THEN coalesce(excluded.cloud, t.cloud) ELSE t.cloud END,
            updated_at = now()
      RETURNING t.id`;
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
