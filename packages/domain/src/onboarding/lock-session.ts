import type { OnboardingSession, Prisma } from '@gangway/db/generated/client';
import type { WorkspaceScope } from '../access/scope.js';
import { AppError, notFound } from '../errors.js';

/**
 * Locks an open session of the workspace until the transaction ends.
 * @throws AppError conflict `session.closed`, or `session.version_conflict` with who and when if it is not at `version`
 */
export async function lockOpenSession(
  tx: Prisma.TransactionClient,
  scope: WorkspaceScope,
  id: string,
  version?: number,
): Promise<OnboardingSession> {
  const session = await lockSession(tx, scope, id);
  if (session.status !== 'open') throw new AppError('conflict', 'session.closed');
  if (version !== undefined && session.version !== version) {
    const { updatedBy, updatedAt } = session;
    throw new AppError('conflict', 'session.version_conflict', {
      conflict: { version: session.version, updatedBy, updatedAt: updatedAt.toISOString() },
    });
  }
  return session;
}

/** Locks a session of the workspace in whatever state. @throws AppError not_found */
export async function lockSession(
  tx: Prisma.TransactionClient,
  scope: WorkspaceScope,
  id: string,
): Promise<OnboardingSession> {
  await tx.$queryRaw`SELECT id FROM onboarding_sessions WHERE id = ${id}::uuid FOR UPDATE`;
  const session = await tx.onboardingSession.findFirst({ where: { id, workspaceId: scope.workspaceId } });
  if (!session) throw notFound();
  return session;
}

/** Writes a change of a locked session: the next version, by whom. */
export async function touchSession(
  tx: Prisma.TransactionClient,
  scope: WorkspaceScope,
  id: string,
  change: { providerConnectionId?: string; status?: 'completed' | 'abandoned' } = {},
): Promise<OnboardingSession> {
  return tx.onboardingSession.update({
    where: { id },
    data: { ...change, version: { increment: 1 }, updatedBy: scope.actor.label },
  });
}
