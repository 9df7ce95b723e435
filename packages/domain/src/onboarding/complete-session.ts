import type { Session } from '@gangway/contract/onboarding';
import type { WorkspaceScope } from '../access/scope.js';
import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { audit } from '../audit/audit.js';
import { loadConnectionInWorkspace } from '../connections/load-connection-in-workspace.js';
import { makeDefault } from '../connections/make-default.js';
import { AppError } from '../errors.js';
import { queueWebhooks } from '../webhooks/queue-webhooks.js';
import { currentStep } from './current-step.js';
import { getSession } from './get-session.js';
import { loadFacts } from './load-facts.js';
import { touchSession, writeInSession } from './write-in-session.js';

/**
 * Ends the session with its tenant active, and with the connection that it verified as the tenant's default: operations
 * run with what was proven to work. Completing again gives the same answer.
 * @throws AppError conflict `session.closed` after abandoning, `session.step_not_ready` before a verification succeeded
 */
export async function completeSession(
  scope: WorkspaceScope,
  input: { onboardingSessionId: string },
): Promise<Session> {
  await writeInSession(scope, input.onboardingSessionId, async (tx, session) => {
    if (session.status === 'completed') return;
    if (session.status === 'abandoned') throw new AppError('conflict', 'session.closed');
    if (currentStep(await loadFacts(tx, session)) !== 'bootstrap')
      throw new AppError('conflict', 'session.step_not_ready');
    await touchSession(tx, scope, session.id, { status: 'completed' });
    await tx.managedTenant.update({ where: { id: session.managedTenantId }, data: { status: 'active' } });
    await keepVerified(tx, scope, session.providerConnectionId);
    await audit(tx, scope, {
      action: 'onboarding.complete',
      targetKind: 'onboarding_session',
      targetId: session.id,
    });
    const data = { workspace_id: scope.workspaceId, managed_tenant_id: session.managedTenantId };
    await queueWebhooks(tx, scope, [{ event: 'managed_tenant.onboarded', data }]);
  });
  return getSession(scope, input);
}

async function keepVerified(
  tx: WorkspaceTransaction,
  scope: WorkspaceScope,
  connectionId: string | null,
): Promise<void> {
  // Behind the verification there always is a connection.
  if (connectionId === null) throw new AppError('conflict', 'session.step_not_ready');
  const connection = await loadConnectionInWorkspace(tx, scope.workspaceId, connectionId);
  if (!connection.isDefault) await makeDefault(tx, scope, connection, 'onboarded');
}
