import type { Role } from '@gangway/contract/capabilities';
import type { Invitation } from '@gangway/db/generated/client';
import type { RequestScope, UserActor } from '../access/scope.js';
import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { writeAsInviter } from '../access/write-as-inviter.js';
import { mayInvite } from './load-open-invitation.js';

/**
 * Opens the transaction in which somebody becomes a member with an invitation. `actor`: null for someone who has no account
 * yet. @throws AppError invalid if who made it may no longer invite; forbidden `workspace.suspended`; unauthenticated
 */
export function enterWorkspace<T>(
  scope: RequestScope,
  invitation: Invitation,
  actor: UserActor | null,
  work: (tx: WorkspaceTransaction) => Promise<T>,
): Promise<T> {
  const invited = { actor, mayInvite: (inviter: Role) => mayInvite(inviter, invitation) };
  return writeAsInviter(scope, invitation, invited, work);
}
