import type { Run } from '@gangway/contract/operations';
import { getRun as loadRun, sqlOfPool } from '@gangway/engine/port';
import type { WorkspaceScope } from '../access/scope.js';
import { notFound } from '../errors.js';
import { namePolicies } from './name-policies.js';
import { toRun } from './to-run.js';

/** One run of the workspace. Reading never starts work. @throws AppError not_found */
export async function getRun(scope: WorkspaceScope, input: { operationRunId: string }): Promise<Run> {
  const run = await loadRun(sqlOfPool(scope.app.db.pool), input.operationRunId);
  if (run.workspaceId !== scope.workspaceId) throw notFound();
  return namePolicies(scope.app.db.prisma, toRun(run), {
    workspaceId: scope.workspaceId,
    managedTenantId: run.managedTenantId,
  });
}
