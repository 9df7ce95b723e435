import type { startVerification as schema } from '@gangway/contract/onboarding';
import type { ProviderConnection } from '@gangway/db/generated/client';
import type { CreatedRun } from '@gangway/engine/port';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { AppError } from '../errors.js';
import { startCheckRun } from '../operations/start-check-run.js';
import { requireOpen, touchSession, writeInSession } from './write-in-session.js';

/**
 * Starts the verification of the session's connection, or gives the live one. The queued row is the promise.
 * @throws AppError conflict `session.closed`, `session.step_not_ready` where no connection is selected
 */
export async function startVerification(
  scope: WorkspaceScope,
  input: z.output<(typeof schema)['in']>,
): Promise<z.infer<(typeof schema)['out']>> {
  const started = await writeInSession(scope, input.onboardingSessionId, async (tx, session) => {
    requireOpen(session);
    const connection =
      session.providerConnectionId &&
      (await tx.providerConnection.findUnique({ where: { id: session.providerConnectionId } }));
    if (!connection) throw new AppError('conflict', 'session.step_not_ready');
    return startVerificationOf(tx, scope, connection, session.id);
  });
  scope.app.engine.wake(started.operationRunId);
  return { operationRunId: started.operationRunId, status: started.status };
}

/**
 * The same in the transaction of a caller who has locked the session, or asks outside of one (null); the caller wakes
 * the engine after it.
 */
export async function startVerificationOf(
  tx: WorkspaceTransaction,
  scope: WorkspaceScope,
  connection: ProviderConnection,
  onboardingSessionId: string | null,
): Promise<CreatedRun> {
  const run = await startCheckRun(tx, scope, connection, onboardingSessionId);
  if (!run.reused && onboardingSessionId !== null) await touchSession(tx, scope, onboardingSessionId);
  return run;
}
