import type { UserScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { notFound } from '../errors.js';

/** Ends one of the caller's own sessions; it is refused from the next request on. @throws AppError not_found */
export async function revokeBrowserSession(
  scope: UserScope,
  input: { sessionId: string },
): Promise<Record<string, never>> {
  await scope.app.db.inTransaction(async (tx) => {
    const ended = await tx.browserSession.updateMany({
      where: { id: input.sessionId, userId: scope.actor.id, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (ended.count === 0) throw notFound();
    await audit(tx, scope, {
      action: 'auth.revokeSession',
      targetKind: 'browser_session',
      targetId: input.sessionId,
    });
  });
  return {};
}
