import type { ProviderConnection } from '@gangway/db/generated/client';
import type { WorkspaceScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { AppError } from '../errors.js';
import { requireOpen, writeInSession } from '../onboarding/write-in-session.js';
import type { AskedFrom } from './asked-from.js';

export interface AskedConnection {
  readonly connection: ProviderConnection;
  readonly entraTenantId: string;
}

/**
 * Does what writes about a consent, with the open session or the connection that it is asked from locked.
 * @throws AppError not_found; conflict `session.closed`, `session.step_not_ready` where no connection is selected
 */
export function writeAsked<T>(
  scope: WorkspaceScope,
  from: AskedFrom,
  work: (tx: WorkspaceTransaction, asked: AskedConnection) => Promise<T>,
): Promise<T> {
  if (from.onboardingSessionId === null) {
    const { providerConnectionId } = from;
    return writeInWorkspace(scope, async (tx) => work(tx, await loadAsked(tx, providerConnectionId)), {
      rows: { providerConnectionId },
    });
  }
  return writeInSession(scope, from.onboardingSessionId, async (tx, session) => {
    requireOpen(session);
    return work(tx, await loadAsked(tx, session.providerConnectionId));
  });
}

async function loadAsked(tx: WorkspaceTransaction, id: string | null): Promise<AskedConnection> {
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
