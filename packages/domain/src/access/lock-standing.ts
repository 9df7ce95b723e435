import type { Role } from '@gangway/contract/capabilities';
import type { Transaction } from '@gangway/db/client';
import type { Standing } from './standing.js';
import {
  RESOURCE_KEYS,
  RESOURCE_TABLES,
  type NamedResources,
  type ResourceKey,
} from './workspace-resources.js';

export interface StandingQuery {
  readonly workspaceId: string;
  /** Whose membership is read. */
  readonly userId: string;
  /** The browser session that has to be live; null where somebody is acted for who is not there. */
  readonly browserSessionId: string | null;
  /** Whether the transaction goes on to change memberships, which it does one at a time in a workspace. */
  readonly changesMembers: boolean;
  /** Rows of the workspace to lock for writing with it. */
  readonly rows: NamedResources;
}

export interface LockedStanding extends Standing {
  readonly isSignedIn: boolean;
  /** Whether all the rows asked for are in the workspace. */
  readonly isFound: boolean;
}

interface Row {
  readonly role: Role | null;
  readonly suspended: boolean;
  readonly signed_in: boolean;
  readonly found: boolean;
}

/**
 * Reads how somebody stands in a workspace and keeps it so until the transaction ends, in one statement: whoever demotes,
 * removes or disables them, ends their session, or suspends or deletes the workspace meanwhile either came first and is
 * waited for, or waits. The locks are shared, so that members of a workspace do not wait for each other; only a change of
 * memberships locks its workspace alone. They are taken in one order everywhere: workspace, membership, user, session,
 * then what the workspace contains.
 */
export async function lockStanding(tx: Transaction, query: StandingQuery): Promise<LockedStanding> {
  const { workspaceId, userId, browserSessionId } = query;
  const keys = RESOURCE_KEYS.filter((key) => query.rows[key] !== undefined);
  const values = [
    workspaceId,
    userId,
    ...(browserSessionId === null ? [] : [browserSessionId]),
    ...keys.map((key) => query.rows[key]),
  ];
  const text = toStatement(browserSessionId !== null, query.changesMembers, keys);
  const [row] = await tx.$queryRawUnsafe<[Row]>(text, ...values);
  return { role: row.role, isSuspended: row.suspended, isSignedIn: row.signed_in, isFound: row.found };
}

// Locks in a CTE are taken when it is first read: the target list reads them in the order above. What was changed while it
// was waited for is read again by PostgreSQL, and is what the statement returns.
function toStatement(hasSession: boolean, changesMembers: boolean, keys: readonly ResourceKey[]): string {
  const first = hasSession ? 4 : 3;
  const rows = keys.map(
    (key, index) => `, row_${index} AS MATERIALIZED (
  SELECT r.id FROM ${RESOURCE_TABLES[key]} r JOIN member ON member.workspace_id = r.workspace_id
   WHERE r.id = $${index + first}::uuid FOR UPDATE OF r)`,
  );
  const found = keys.map((_, index) => `EXISTS (SELECT FROM row_${index})`);
  return `
WITH member AS MATERIALIZED (
  SELECT w.id AS workspace_id, w.suspended_at, m.role
    FROM workspaces w JOIN memberships m ON m.workspace_id = w.id JOIN users u ON u.user_id = m.user_id
   WHERE w.id = $1::uuid AND m.user_id = $2::uuid AND u.disabled_at IS NULL
     ${changesMembers ? 'FOR NO KEY UPDATE OF w' : 'FOR SHARE OF w'} FOR SHARE OF m FOR SHARE OF u
), session AS MATERIALIZED (
  ${hasSession ? SESSION : 'SELECT'}
)${rows.join('')}
SELECT (SELECT role FROM member) AS role,
       coalesce((SELECT suspended_at IS NOT NULL FROM member), false) AS suspended,
       EXISTS (SELECT FROM session) AS signed_in,
       ${found.join(' AND ') || 'true'} AS found`;
}

const SESSION = `
  SELECT s.id FROM browser_sessions s JOIN users u ON u.user_id = s.user_id
   WHERE s.id = $3::uuid AND s.revoked_at IS NULL AND s.expires_at > now() AND u.disabled_at IS NULL
     FOR SHARE OF u FOR SHARE OF s`;
