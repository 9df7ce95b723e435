import { isBootstrapType } from '@gangway/contract/operation-types';
import type { start } from '@gangway/contract/operations';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import { AppError, invalidField } from '../errors.js';
import { findOperatingConnection } from './find-operating-connection.js';
import { startBootstrapRun } from './start-bootstrap-run.js';
import { startCheckRun } from './start-check-run.js';

type Started = z.infer<(typeof start)['out']>;

/**
 * Starts a registered operation on a managed tenant with its default connection, or gives the live run.
 * @throws AppError invalid for an unknown type; conflict where the tenant has no connection or the operation cannot run
 */
export async function startOperation(
  scope: WorkspaceScope,
  input: z.output<(typeof start)['in']>,
): Promise<Started> {
  const run = await writeInWorkspace(scope, (tx) =>
    startOn(tx, scope, input.managedTenantId, input.operationType, null),
  );
  scope.app.engine.wake(run.operationRunId);
  return run;
}

/** The same inside a transaction, optionally for an onboarding session. */
export async function startOn(
  tx: WorkspaceTransaction,
  scope: WorkspaceScope,
  managedTenantId: string,
  type: string,
  onboardingSessionId: string | null,
  providerConnectionId?: string | null,
): Promise<Started> {
  const isCheck = type === 'provider.connection.check';
  if (!isCheck && !isBootstrapType(type)) throw invalidField('operationType', 'There is no such operation');
  const chosen = providerConnectionId
    ? await tx.providerConnection.findUnique({ where: { id: providerConnectionId } })
    : null;
  const connection = chosen ?? (await findOperatingConnection(tx, scope.workspaceId, managedTenantId));
  if (!connection) throw new AppError('conflict', 'operation.cannot_run');
  const { operationRunId, status } = isCheck
    ? await startCheckRun(tx, scope, connection, onboardingSessionId)
    : await startBootstrapRun(tx, scope, type, {
        managedTenantId,
        providerConnectionId: connection.id,
        onboardingSessionId,
      });
  return { operationRunId, status };
}
