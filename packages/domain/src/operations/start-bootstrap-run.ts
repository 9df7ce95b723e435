import type { BootstrapType } from '@gangway/contract/operation-types';
import type { CreatedRun } from '@gangway/engine/port';
import type { WorkspaceScope } from '../access/scope.js';
import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { AppError } from '../errors.js';
import { loadReadiness } from './readiness.js';
import { startRun } from './start-run.js';

/**
 * Starts one bootstrap operation for a managed tenant, or gives its live run.
 * @throws AppError conflict `operation.cannot_run` where the verification's evidence says that it cannot
 */
export async function startBootstrapRun(
  tx: WorkspaceTransaction,
  scope: WorkspaceScope,
  type: BootstrapType,
  target: { managedTenantId: string; providerConnectionId: string; onboardingSessionId: string | null },
): Promise<CreatedRun> {
  const readiness = await loadReadiness(tx, target.providerConnectionId);
  if (readiness.reasonFor(type) !== null) throw new AppError('conflict', 'operation.cannot_run');
  return startRun(tx, scope, type, {
    ...target,
    subjectId: target.managedTenantId,
    input: { revision: readiness.revision },
  });
}
