import type { Role } from '@gangway/contract/capabilities';
import { AppError } from '../errors.js';
import { lockStanding } from './lock-standing.js';
import type { RequestScope, UserActor } from './scope.js';
import { refusalOf } from './standing.js';
import { toWorkspaceTransaction, type WorkspaceTransaction } from './workspace-transaction.js';

export interface Inviting {
  readonly workspaceId: string;
  /** Who made the invitation. */
  readonly invitedBy: string;
}

/**
 * Does what somebody does in a workspace that they are not a member of yet, by leave of the member who invited them, in one
 * transaction. Like `writeInWorkspace` it begins by reading and locking what it is allowed by: the inviter's membership and
 * role, which `mayInvite` judges, the suspension of the workspace and, if they have one, the browser session of who was
 * invited.
 * @throws AppError invalid `auth.token_invalid` if the inviter may no longer invite; forbidden `workspace.suspended`;
 * unauthenticated
 */
export function writeAsInviter<T>(
  scope: RequestScope,
  { workspaceId, invitedBy }: Inviting,
  invited: { readonly actor: UserActor | null; readonly mayInvite: (inviter: Role) => boolean },
  work: (tx: WorkspaceTransaction) => Promise<T>,
): Promise<T> {
  const { actor, mayInvite } = invited;
  return scope.app.db.inTransaction(async (tx) => {
    const standing = await lockStanding(tx, {
      ...{ workspaceId, userId: invitedBy, browserSessionId: actor && actor.browserSessionId },
      // Another member hinders nobody's change but that of who is let in, which the table's key keeps apart.
      ...{ changesMembers: false, rows: {} },
    });
    if (!standing.isSignedIn) throw new AppError('unauthenticated', 'auth.required');
    const { role } = standing;
    const refusal = refusalOf(standing, 'member:manage');
    if (refusal === 'workspace.suspended') throw new AppError('forbidden', refusal);
    if (refusal !== null || role === null || !mayInvite(role))
      throw new AppError('invalid', 'auth.token_invalid');
    return work(toWorkspaceTransaction(tx));
  });
}
