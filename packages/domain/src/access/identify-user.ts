import { AppError } from '../errors.js';
import { admit, type RequestScope, type UserScope } from './scope.js';
import { isStolen, revokeStolen } from './stolen-session.js';

/** Admits whoever holds a live browser session, as themselves. @throws AppError unauthenticated */
export async function identifyUser(
  scope: RequestScope,
  credential: { readonly tokenHash: Uint8Array<ArrayBuffer> } | null,
): Promise<UserScope> {
  if (!credential) throw new AppError('unauthenticated', 'auth.required');
  const rows = await scope.house.db.prisma.$queryRaw<
    { session_id: string; stolen: boolean; user_id: string; email: string; must_change_password: boolean }[]
  >`
    SELECT s.id AS session_id, ${isStolen(credential.tokenHash)} AS stolen, u.user_id, u.email, u.must_change_password
      FROM browser_sessions s JOIN users u ON u.user_id = s.user_id AND u.disabled_at IS NULL
     WHERE (s.token_hash = ${credential.tokenHash} OR s.previous_token_hash = ${credential.tokenHash})
       AND s.revoked_at IS NULL AND s.expires_at > now()`;
  const row = rows[0];
  if (!row) throw new AppError('unauthenticated', 'auth.required');
  if (row.stolen) throw await revokeStolen(scope.house.db, row.session_id);
  return admit<UserScope>({
    ...scope,
    actor: { kind: 'user', id: row.user_id, label: row.email, browserSessionId: row.session_id },
    mustChangePassword: row.must_change_password,
  });
}
