import { BOOTSTRAP_TYPES, isBootstrapType } from '@gangway/contract/operation-types';
import type { OperationInfo, types } from '@gangway/contract/operations';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { findOperatingConnection } from './find-operating-connection.js';
import { loadReadiness } from './readiness.js';
import { capabilityToStart, OPERATION_FACTS, permissionsFor } from './registry-facts.js';

const SHOWN = ['provider.connection.check', ...BOOTSTRAP_TYPES] as const;

/** The registry of a workspace's operations; with a managed tenant also what can run there, why not, and how long it took. */
export async function listOperationTypes(
  scope: WorkspaceScope,
  input: z.output<(typeof types)['in']>,
): Promise<z.infer<(typeof types)['out']>> {
  const { managedTenantId } = input;
  const here = managedTenantId ? await loadTenantFacts(scope, managedTenantId) : null;
  const items = SHOWN.map((type): OperationInfo => {
    const { licence, ...facts } = OPERATION_FACTS[type];
    const reasonCode = here === null || !isBootstrapType(type) ? null : here.readiness.reasonFor(type);
    return {
      type,
      ...facts,
      licence: licence ?? null,
      capability: capabilityToStart(type),
      permissions: [...permissionsFor(type)],
      canRun: here === null ? null : reasonCode === null,
      reasonCode,
      lastDurationMs: here?.durations.get(type) ?? null,
    };
  });
  return { items, nextCursor: null };
}

async function loadTenantFacts(scope: WorkspaceScope, managedTenantId: string) {
  const { workspaceId } = scope;
  const db = scope.app.db.prisma;
  const rows = await db.$queryRaw<{ type: string; ms: number }[]>`
    SELECT DISTINCT ON (type) type, (extract(epoch FROM finished_at - started_at) * 1000)::int AS ms
      FROM operation_runs
     WHERE workspace_id = ${workspaceId}::uuid AND managed_tenant_id = ${managedTenantId}::uuid AND status = 'succeeded'
     ORDER BY type, id DESC`;
  const connection = await findOperatingConnection(db, workspaceId, managedTenantId);
  return {
    durations: new Map(rows.map((row) => [row.type, row.ms])),
    readiness: connection
      ? await loadReadiness(db, connection.id)
      : { revision: 0, reasonFor: () => 'operation.cannot_run' as const },
  };
}
