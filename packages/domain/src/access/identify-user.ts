import type { SessionCredential } from '../auth/session-token.js';
import { AppError } from '../errors.js';
import { admit, type RequestScope, type UserScope } from './scope.js';
import {
  IS_LIVE_SESSION,
  revokeStolen,
  SESSION_COLUMNS,
  toSessionValues,
  type SessionRow,
} from './stolen-session.js';

const STATEMENT = `
SELECT ${SESSION_COLUMNS}
  FROM browser_sessions s JOIN users u ON u.user_id = s.user_id AND u.disabled_at IS NULL
 WHERE ${IS_LIVE_SESSION}`;

/** Admits whoever holds a live browser session, as themselves. @throws AppError unauthenticated, too_many */
export async function identifyUser(
  scope: RequestScope,
  credential: SessionCredential | null,
): Promise<UserScope> {
  if (!credential) throw new AppError('unauthenticated', 'auth.required');
  const values = toSessionValues(credential);
  const { rows } = await scope.app.db.pool.query<SessionRow>({
    name: 'identify_user',
    text: STATEMENT,
    values,
  });
  const row = rows[0];
  if (!row) throw new AppError('unauthenticated', 'auth.required');
  if (row.stolen) throw await revokeStolen(scope, row);
  await scope.app.callLimits.count('user', row.user_id, scope.reportQuota);
  return admit<UserScope>({
    ...scope,
    actor: { kind: 'user', id: row.user_id, label: row.email, browserSessionId: row.session_id },
    mustChangePassword: row.must_change_password,
  });
}
