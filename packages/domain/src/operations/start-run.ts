import type { OperationType } from '@gangway/contract/operation-types';
import type { Prisma } from '@gangway/db/generated/client';
import type { JsonObject } from '@gangway/engine/json';
import { createOrReuseRun } from '@gangway/engine/store/create-or-reuse-run';
import type { WorkspaceScope } from '../access/scope.js';
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
export async function startRun(tx: Prisma.TransactionClient, scope: WorkspaceScope, type: OperationType, request: RunRequest): Promise<Awaited<ReturnType<typeof createOrReuseRun>>> {
  const { kind, id, label } = scope.actor;
  const run = await createOrReuseRun(tx, {
    type,
    workspaceId: scope.workspaceId,
    partnerId: null,
    ...request,
    failurePolicy: 'rollback',
    startedBy: { kind, id, label },
    plan: PLANS[type],
  });
  if (!run.reused) {
    await audit(tx, scope, { action: 'operations.start', targetKind: 'operation_run', targetId: run.operationRunId, data: { type } });
  }
  return run;
}
