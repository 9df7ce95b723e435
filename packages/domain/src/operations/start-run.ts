import type { OperationType } from '@gangway/contract/operation-types';
import type { CreatedRun, JsonObject } from '@gangway/engine/port';
import type { WorkspaceScope } from '../access/scope.js';
import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { audit } from '../audit/audit.js';
import { PLANS } from './plans.js';

export interface RunRequest {
  /** What the run is about; at most one live run per workspace, type and subject. */
  readonly subjectId: string;
  readonly managedTenantId: string;
  readonly providerConnectionId: string;
  readonly onboardingSessionId: string | null;
  readonly input: JsonObject;
}

/** Creates the queued run in the caller's transaction, or gives the live one about the same subject. */
export async function startRun(
  tx: WorkspaceTransaction,
  scope: WorkspaceScope,
  type: OperationType,
  request: RunRequest,
): Promise<CreatedRun> {
  const { kind, id, label } = scope.actor;
  const newRun = { plan: PLANS[type], ...request, startedBy: { kind, id, label } };
  const run = await scope.app.engine.create({ owner: { workspaceId: scope.workspaceId }, ...newRun }, tx);
  if (!run.reused) {
    await audit(tx, scope, {
      action: 'operations.start',
      targetKind: 'operation_run',
      targetId: run.operationRunId,
      data: { type },
    });
  }
  return run;
}
