import type { retry } from '@gangway/contract/operations';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import { AppError, notFound } from '../errors.js';
import { startOn } from './start-operation.js';

/**
 * Starts a new run of what a failed run was about, with the connection as it is now.
 * @throws AppError conflict `run.not_retryable` for a run that has not failed or is parked
 */
export async function retryRun(
  scope: WorkspaceScope,
  input: z.output<(typeof retry)['in']>,
): Promise<z.infer<(typeof retry)['out']>> {
  const started = await writeInWorkspace(scope, async (tx) => {
    const run = await tx.operationRun.findFirst({
      where: { id: input.operationRunId, workspaceId: scope.workspaceId },
    });
    if (!run) throw notFound();
    if (run.status !== 'failed' || run.held || run.managedTenantId === null)
      throw new AppError('conflict', 'run.not_retryable');
    return startOn(
      tx,
      scope,
      run.managedTenantId,
      run.type,
      run.onboardingSessionId,
      run.providerConnectionId,
    );
  });
  scope.app.engine.wake(started.operationRunId);
  return started;
}
