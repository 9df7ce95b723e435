import type { UserScope } from '../access/scope.js';
import { renewSessionToken, type SessionCredential } from './session-token.js';

/** A cookie's value is replaced when it is older than this, in seconds. */
const ROTATE_AFTER_SECONDS = 15 * 60;

/**
 * Replaces the cookie's value if it is due. Of two tabs that come together one rotates; the other's value stays good
 * for the grace. A session from before families were stored gets the one that its value begins with.
 * @returns the new value, or null if nothing changed
 */
export async function rotateBrowserSession(
  scope: UserScope,
  presented: SessionCredential,
): Promise<{ token: string; expiresAt: Date } | null> {
  const { token, tokenHash, familyHash } = renewSessionToken(presented.family);
  const rows = await scope.app.db.prisma.$queryRaw<{ expires_at: Date }[]>`
    UPDATE browser_sessions
       SET previous_token_hash = token_hash, token_hash = ${tokenHash}, family_hash = ${familyHash},
           rotated_at = now(), last_seen_at = now()
     WHERE id = ${scope.actor.browserSessionId}::uuid AND token_hash = ${presented.tokenHash} AND revoked_at IS NULL
       AND rotated_at < now() - make_interval(secs => ${ROTATE_AFTER_SECONDS})
    RETURNING expires_at`;
  const row = rows[0];
  return row ? { token, expiresAt: row.expires_at } : null;
}
