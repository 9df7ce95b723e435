import type { Role } from '@gangway/contract/capabilities';
import { AppError, notFound } from '../errors.js';
import { denyInWorkspace } from './deny-in-workspace.js';
import { lockStanding, type StandingQuery } from './lock-standing.js';
import { toAppContext, type WorkspaceScope } from './scope.js';
import { refusalOf } from './standing.js';
import type { ResourceKey } from './workspace-resources.js';
import { toWorkspaceTransaction, type WorkspaceTransaction } from './workspace-transaction.js';

export interface WriteLocks<Locked extends ResourceKey> {
  /** Rows of the workspace that the work begins by locking, with their ids. */
  readonly rows?: Readonly<Record<Locked, string>>;
  /** True where memberships are changed. */
  readonly changesMembers?: boolean;
}

/**
 * Does what writes into a workspace, in one transaction. Its first statement reads membership, role, suspension and browser
 * session again and locks them: a right that was taken away after authorization is not used, and one that is being used is
 * not taken away before the work is committed. `work` gets the role as it is now.
 * @throws AppError what authorization answers: unauthenticated, not_found, forbidden; not_found for a row that is not there
 */
export async function writeInWorkspace<T, Locked extends ResourceKey = never>(
  scope: WorkspaceScope,
  work: (tx: WorkspaceTransaction<Locked>, role: Role) => Promise<T>,
  locks: WriteLocks<Locked> = {},
): Promise<T> {
  const app = toAppContext(scope);
  const { workspaceId, actor, isOnBehalf, capability } = scope;
  const query: StandingQuery = {
    workspaceId,
    userId: actor.id,
    browserSessionId: isOnBehalf ? null : actor.browserSessionId,
    changesMembers: locks.changesMembers ?? false,
    rows: locks.rows ?? {},
  };
  const outcome = await app.db.inTransaction(async (tx) => {
    const standing = await lockStanding(tx, query);
    if (!standing.isSignedIn) throw new AppError('unauthenticated', 'auth.required');
    const refusal = refusalOf(standing, capability);
    if (refusal !== null || standing.role === null) return { refusal: refusal ?? 'workspace.not_found' };
    if (!standing.isFound) throw notFound();
    return { value: await work(toWorkspaceTransaction<Locked>(tx), standing.role) };
  });
  if ('value' in outcome) return outcome.value;
  // Whoever uses what a member left behind, such as a link, is told that it ended and nothing of the workspace.
  if (isOnBehalf) throw new AppError('gone', 'link.revoked');
  throw await denyInWorkspace({ ...scope, app }, outcome.refusal);
}
