import type { Capability, Role } from '@gangway/contract/capabilities';
import { isUuid } from '@gangway/contract/text';
import type { SessionCredential } from '../auth/session-token.js';
import { AppError, notFound } from '../errors.js';
import { denyInWorkspace, denyOutsider } from './deny-in-workspace.js';
import { admit, type RequestScope, type UserActor, type WorkspaceScope } from './scope.js';
import { refusalOf } from './standing.js';
import {
  IS_LIVE_SESSION,
  revokeStolen,
  SESSION_COLUMNS,
  toSessionValues,
  type SessionRow,
} from './stolen-session.js';
import {
  RESOURCE_KEYS,
  RESOURCE_TABLES,
  type NamedResources,
  type ResourceKey,
} from './workspace-resources.js';

interface Row extends SessionRow {
  workspace_id: string | null;
  name: string;
  slug: string;
  suspended: boolean;
  role: Role | null;
  found: boolean;
}

/**
 * The statement that looks for a workspace by its id or its slug, and in it for what else is named. One for each set of
 * names rather than one for all: with parameters that may be absent the server plans it anew for every request, which
 * costs it many times what reading the rows does.
 */
function statementOf(by: 'id' | 'slug', keys: readonly ResourceKey[]): { name: string; text: string } {
  // The workspace is read by way of the membership, and what is named in it only then: for someone who is not a member, one
  // that is there costs what one that is not costs. With its limit the membership is looked up by its key; as a plain join
  // it would be planned over all memberships of the user, which may be very many.
  const isMember =
    by === 'id'
      ? 'm.workspace_id = $3::uuid'
      : 'm.workspace_id = (SELECT x.id FROM workspaces x WHERE x.slug = $3)';
  const isFound = keys.map(
    (key, index) =>
      `EXISTS (SELECT FROM ${RESOURCE_TABLES[key]} r WHERE r.workspace_id = w.id AND r.id = $${index + 4}::uuid)`,
  );
  const text = `
SELECT ${SESSION_COLUMNS},
       w.id AS workspace_id, w.name, w.slug, w.suspended_at IS NOT NULL AS suspended, m.role,
       ${['w.id IS NOT NULL', ...isFound].join(' AND ')} AS found
  FROM browser_sessions s
  JOIN users u ON u.user_id = s.user_id AND u.disabled_at IS NULL
  LEFT JOIN LATERAL (
    SELECT m.workspace_id, m.role FROM memberships m WHERE ${isMember} AND m.user_id = u.user_id LIMIT 1) m ON true
  LEFT JOIN workspaces w ON w.id = m.workspace_id
 WHERE ${IS_LIVE_SESSION}`;
  return { name: `open_workspace_${by}_${keys.map((key) => RESOURCE_KEYS.indexOf(key)).join('')}`, text };
}

/** What may stand in the address bar. */
const SLUG = /^[a-z0-9-]{1,100}$/i;
const toUuid = (value: string | undefined): string | null =>
  value !== undefined && isUuid(value) ? value : null;

/**
 * Admits a browser session to a workspace, in one statement: who it is, whether a member, in which role, and whether
 * everything the input names stands in this workspace. Answers in the frozen order:
 * @throws AppError unauthenticated (401), too_many (429), not_found (404) for who is no member, forbidden (403) for the member without
 * the capability or in a suspended workspace, not_found (404) for a resource of elsewhere.
 */
export async function openWorkspace(
  scope: RequestScope,
  credential: SessionCredential | null,
  request: {
    readonly workspace: string;
    readonly isSlugAllowed: boolean;
    readonly capability: Capability;
    readonly action: string;
  },
  resources: NamedResources,
): Promise<WorkspaceScope> {
  if (!credential) throw new AppError('unauthenticated', 'auth.required');
  const id = toUuid(request.workspace);
  const slug =
    request.isSlugAllowed && id === null && SLUG.test(request.workspace) ? request.workspace : null;
  const keys = RESOURCE_KEYS.filter((key) => resources[key] !== undefined);
  const values = [...toSessionValues(credential), slug ?? id, ...keys.map((key) => toUuid(resources[key]))];
  // Not through Prisma: every call of the workspace plane passes here, and a prepared statement costs a third of it.
  const statement = statementOf(slug === null ? 'id' : 'slug', keys);
  const { rows } = await scope.app.db.pool.query<Row>({ ...statement, values });
  const row = rows[0];
  if (!row) throw new AppError('unauthenticated', 'auth.required');
  if (row.stolen) throw await revokeStolen(scope, row);
  await scope.app.callLimits.count('user', row.user_id, scope.reportQuota);

  const actor: UserActor = {
    kind: 'user',
    id: row.user_id,
    label: row.email,
    browserSessionId: row.session_id,
  };
  const { workspace_id: workspaceId, role, must_change_password: mustChangePassword } = row;
  const { capability, action, workspace } = request;
  if (workspaceId === null || role === null) throw denyOutsider({ ...scope, actor, action }, workspace);
  const admitted = { ...scope, actor, workspaceId, capability, action };
  const refusal = refusalOf({ role, isSuspended: row.suspended }, capability);
  if (mustChangePassword) throw new AppError('forbidden', 'auth.password_change_required');
  if (refusal !== null) throw await denyInWorkspace(admitted, refusal);
  if (!row.found) throw notFound();
  return admit<WorkspaceScope>({
    ...admitted,
    workspace: { name: row.name, slug: row.slug, isSuspended: row.suspended },
    role,
    isOnBehalf: false,
  });
}
