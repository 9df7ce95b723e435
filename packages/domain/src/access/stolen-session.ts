import type { Database } from '@gangway/db/client';
import { AppError } from '../errors.js';

/**
 * SQL: whether the presented value ($1) was rotated away longer ago than the grace of a minute in which two tabs may
 * refresh together, that is, copied by somebody.
 */
export const IS_STOLEN = `(s.token_hash <> $1 AND s.rotated_at < now() - interval '60 seconds')`;

/** SQL: the live session of the presented value ($1). */
export const IS_LIVE_SESSION = `(s.token_hash = $1 OR s.previous_token_hash = $1) AND s.revoked_at IS NULL AND s.expires_at > now()`;

/** Ends a session whose old value came back, for thief and owner alike, and gives the error to throw. */
export async function revokeStolen(db: Database, sessionId: string): Promise<AppError> {
  await db.prisma.$executeRaw`UPDATE browser_sessions SET revoked_at = now() WHERE id = ${sessionId}::uuid`;
  return new AppError('unauthenticated', 'auth.required');
}
