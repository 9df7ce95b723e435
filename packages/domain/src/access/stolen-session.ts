import type { Database } from '@gangway/db/client';
import { Prisma } from '@gangway/db/generated/client';
import { AppError } from '../errors.js';

/** How long the value before a rotation stays good, in seconds: two tabs may refresh together. */
const GRACE_SECONDS = 60;

/** SQL: whether the presented value was rotated away longer ago than the grace, that is, copied by somebody. */
export function isStolen(tokenHash: Uint8Array<ArrayBuffer>): Prisma.Sql {
  return Prisma.sql`(s.token_hash <> ${tokenHash} AND s.rotated_at < now() - make_interval(secs => ${GRACE_SECONDS}))`;
}

/** Ends a session whose old value came back, for thief and owner alike, and gives the error to throw. */
export async function revokeStolen(db: Database, sessionId: string): Promise<AppError> {
  await db.prisma.$executeRaw`UPDATE browser_sessions SET revoked_at = now() WHERE id = ${sessionId}::uuid`;
  return new AppError('unauthenticated', 'auth.required');
}
