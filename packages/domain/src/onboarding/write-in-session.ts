import type { OnboardingSession } from '@gangway/db/generated/client';
import type { WorkspaceScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { AppError, notFound } from '../errors.js';

export type SessionTransaction = WorkspaceTransaction<'onboardingSessionId'>;

/** Does what writes to a session of the workspace, in whatever state, locked until the transaction ends. @throws AppError not_found */
export function writeInSession<T>(
  scope: WorkspaceScope,
  id: string,
  work: (tx: SessionTransaction, session: OnboardingSession) => Promise<T>,
): Promise<T> {
  return writeInWorkspace(scope, async (tx) => work(tx, await loadLockedSession(tx, scope, id)), {
    rows: { onboardingSessionId: id },
  });
}

/** The session that the transaction has locked. @throws AppError not_found */
async function loadLockedSession(
  tx: SessionTransaction,
  { workspaceId }: WorkspaceScope,
  id: string,
): Promise<OnboardingSession> {
  const session = await tx.onboardingSession.findFirst({ where: { id, workspaceId } });
  if (!session) throw notFound();
  return session;
}

/**
 * Requires a locked session to be open.
 * @throws AppError conflict `session.closed`, or `session.version_conflict` with who and when if it is not at `version`
 */
export function requireOpen(session: OnboardingSession, version?: number): void {
  if (session.status !== 'open') throw new AppError('conflict', 'session.closed');
  if (version !== undefined && session.version !== version) {
    const { updatedBy, updatedAt } = session;
    throw new AppError('conflict', 'session.version_conflict', {
      conflict: { version: session.version, updatedBy, updatedAt: updatedAt.toISOString() },
    });
  }
}

/** Writes a change of a locked session: the next version, by whom. */
export async function touchSession(
  tx: WorkspaceTransaction,
  scope: WorkspaceScope,
  id: string,
  change: { providerConnectionId?: string; status?: 'completed' | 'abandoned' } = {},
): Promise<OnboardingSession> {
  return tx.onboardingSession.update({
    where: { id },
    data: { ...change, version: { increment: 1 }, updatedBy: scope.actor.label },
  });
}
