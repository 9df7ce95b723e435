import { uuidv7 } from 'uuidv7';
import type { SessionCredential } from '../auth/session-token.js';
import { AppError } from '../errors.js';
import type { RequestScope } from './scope.js';

/** The first two parameters of every statement that looks for a session: $1 the whole value, $2 its family. */
export const toSessionValues = ({ tokenHash, familyHash }: SessionCredential): Buffer[] => [
  Buffer.from(tokenHash),
  Buffer.from(familyHash),
];

/**
 * SQL: whether the presented value is an earlier one of the session, that is, a copy. Only the value right before the
 * current one is good for another minute, in which two tabs may refresh together.
 */
const IS_STOLEN = `(s.token_hash <> $1
  AND (s.previous_token_hash IS DISTINCT FROM $1 OR s.rotated_at < now() - interval '60 seconds'))`;

/** SQL: a session `s` and its user `u`. */
export const SESSION_COLUMNS = `s.id AS session_id, ${IS_STOLEN} AS stolen, u.user_id, u.email, u.must_change_password`;
export interface SessionRow {
  readonly session_id: string;
  readonly stolen: boolean;
  readonly user_id: string;
  readonly email: string;
  readonly must_change_password: boolean;
}

/**
 * SQL: the live session of the presented value. Sessions from before families were stored, and their values, are found
 * by the value alone; two weeks after the upgrade there are none left.
 */
export const IS_LIVE_SESSION = `(s.family_hash = $2 OR s.token_hash = $1 OR s.previous_token_hash = $1)
   AND s.revoked_at IS NULL AND s.expires_at > now()`;

/**
 * Ends a session whose old value came back, for thief and owner alike, and gives the error to throw. Every workspace
 * that the session could enter finds it in its audit trail.
 */
export async function revokeStolen(
  scope: RequestScope,
  session: { readonly session_id: string; readonly user_id: string; readonly email: string },
): Promise<AppError> {
  const { session_id: sessionId, user_id: userId, email } = session;
  await scope.app.db.inTransaction(async (tx) => {
    const ended = await tx.browserSession.updateMany({
      where: { id: sessionId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (ended.count === 0) return;
    const memberships = await tx.membership.findMany({ where: { userId }, select: { workspaceId: true } });
    const workspaceIds = memberships.length > 0 ? memberships.map((row) => row.workspaceId) : [null];
    await tx.auditEvent.createMany({
      data: workspaceIds.map((workspaceId) => ({
        id: uuidv7(),
        workspaceId,
        actorKind: 'system',
        actorId: 'session-guard',
        actorLabel: 'Gangway',
        action: 'auth.stolenSession',
        outcome: 'denied',
        targetKind: 'user',
        targetId: userId,
        data: { email, browserSessionId: sessionId },
        requestId: scope.requestId,
      })),
    });
  });
  return new AppError('unauthenticated', 'auth.required');
}
