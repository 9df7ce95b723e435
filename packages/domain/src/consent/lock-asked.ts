import type { Prisma, ProviderConnection } from '@gangway/db/generated/client';
import type { WorkspaceScope } from '../access/scope.js';
import { lockConnectionInWorkspace } from '../connections/load-connection-in-workspace.js';
import { AppError } from '../errors.js';
import { lockOpenSession } from '../onboarding/lock-session.js';
import type { AskedFrom } from './asked-from.js';

export interface AskedConnection {
  readonly connection: ProviderConnection;
  readonly entraTenantId: string;
}

/**
 * Locks what a consent is asked from, an open session or a connection, and gives what it is about.
 * @throws AppError not_found; conflict `session.closed`, `session.step_not_ready` where no connection is selected
 */
export async function lockAsked(
  tx: Prisma.TransactionClient,
  scope: WorkspaceScope,
  from: AskedFrom,
): Promise<AskedConnection> {
  const id =
    from.onboardingSessionId === null
      ? (await lockConnectionInWorkspace(tx, scope.workspaceId, from.providerConnectionId)).id
      : (await lockOpenSession(tx, scope, from.onboardingSessionId)).providerConnectionId;
  const found =
    id &&
    (await tx.providerConnection.findUnique({
      where: { id },
      include: { managedTenant: { select: { entraTenantId: true } } },
    }));
  if (!found) throw new AppError('conflict', 'session.step_not_ready');
  const { managedTenant, ...connection } = found;
  return { connection, entraTenantId: managedTenant.entraTenantId };
}
