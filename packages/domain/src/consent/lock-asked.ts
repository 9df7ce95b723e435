import type { Prisma, ProviderConnection } from '@gangway/db/generated/client';
import type { WorkspaceScope } from '../access/scope.js';
import { AppError } from '../errors.js';
import { lockOpenSession } from '../onboarding/lock-session.js';

export interface AskedConnection {
  readonly onboardingSessionId: string;
  readonly connection: ProviderConnection;
  readonly entraTenantId: string;
}

/**
 * Locks an open session and gives what its consent is about.
 * @throws AppError conflict `session.closed`, `session.step_not_ready` where no connection is selected
 */
export async function lockAsked(
  tx: Prisma.TransactionClient,
  scope: WorkspaceScope,
  onboardingSessionId: string,
): Promise<AskedConnection> {
  const session = await lockOpenSession(tx, scope, onboardingSessionId);
  const found =
    session.providerConnectionId &&
    (await tx.providerConnection.findUnique({
      where: { id: session.providerConnectionId },
      include: { managedTenant: { select: { entraTenantId: true } } },
    }));
  if (!found) throw new AppError('conflict', 'session.step_not_ready');
  const { managedTenant, ...connection } = found;
  return { onboardingSessionId, connection, entraTenantId: managedTenant.entraTenantId };
}
