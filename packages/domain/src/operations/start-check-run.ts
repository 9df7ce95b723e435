import type { ProviderConnection } from '@gangway/db/generated/client';
import type { CreatedRun } from '@gangway/engine/port';
import type { WorkspaceScope } from '../access/scope.js';
import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { startRun } from './start-run.js';

/** Starts the verification of a connection as it is now, or gives the live one. */
export function startCheckRun(
  tx: WorkspaceTransaction,
  scope: WorkspaceScope,
  connection: Pick<ProviderConnection, 'id' | 'managedTenantId' | 'revision'>,
  onboardingSessionId: string | null,
): Promise<CreatedRun> {
  return startRun(tx, scope, 'provider.connection.check', {
    subjectId: connection.id,
    managedTenantId: connection.managedTenantId,
    providerConnectionId: connection.id,
    onboardingSessionId,
    // The report is about this revision; a change made meanwhile makes it stale.
    input: { revision: connection.revision },
  });
}
