import { AppError } from '../errors.js';
import { admit, type RequestScope, type UserScope } from './scope.js';
import { IS_LIVE_SESSION, revokeStolen, SESSION_COLUMNS, type SessionRow } from './stolen-session.js';

const STATEMENT = `
SELECT ${SESSION_COLUMNS}
  FROM browser_sessions s JOIN users u ON u.user_id = s.user_id AND u.disabled_at IS NULL
 WHERE ${IS_LIVE_SESSION}`;

/** Admits whoever holds a live browser session, as themselves. @throws AppError unauthenticated */
export async function identifyUser(
  scope: RequestScope,
  credential: { readonly tokenHash: Uint8Array<ArrayBuffer> } | null,
): Promise<UserScope> {
  if (!credential) throw new AppError('unauthenticated', 'auth.required');
  const values = [Buffer.from(credential.tokenHash)];
  const { rows } = await scope.house.db.pool.query<SessionRow>({
    name: 'identify_user',
    text: STATEMENT,
    values,
  });
  const row = rows[0];
  if (!row) throw new AppError('unauthenticated', 'auth.required');
  if (row.stolen) throw await revokeStolen(scope, row);
  return admit<UserScope>({
    ...scope,
    actor: { kind: 'user', id: row.user_id, label: row.email, browserSessionId: row.session_id },
    mustChangePassword: row.must_change_password,
  });
}
