import type { Role } from '@gangway/contract/capabilities';
import type { Invitation } from '@gangway/db/generated/client';
import type { RequestScope, UserActor } from '../access/scope.js';
import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { audit } from '../audit/audit.js';
import { AppError } from '../errors.js';

/**
 * Makes a person a member with an invitation, which is used up.
 * @throws AppError invalid where it was used or withdrawn meanwhile; unauthenticated where the account has been deleted
 */
export async function consumeInvitation(
  tx: WorkspaceTransaction,
  scope: RequestScope & { readonly actor: UserActor },
  invitation: Pick<Invitation, 'id' | 'workspaceId' | 'role' | 'tokenHash'>,
): Promise<{ workspaceId: string; role: Role }> {
  const { id, workspaceId, tokenHash } = invitation;
  const role = invitation.role as Role;
  const { actor } = scope;
  // The hash as well: an invitation that is sent again keeps its id and loses its old link.
  const taken = await tx.invitation.updateMany({
    where: { id, tokenHash, acceptedAt: null, revokedAt: null },
    data: { acceptedAt: new Date() },
  });
  if (taken.count === 0) throw new AppError('invalid', 'auth.token_invalid');
  // Until the commit the account stays: whoever deletes accounts looks for memberships under a lock that waits for this one.
  const account = await tx.$queryRaw<unknown[]>`
    SELECT 1 AS one FROM users WHERE user_id = ${actor.id}::uuid FOR KEY SHARE`;
  if (account.length === 0) throw new AppError('unauthenticated', 'auth.required');
  await tx.$executeRaw`
    INSERT INTO memberships (workspace_id, user_id, role) VALUES (${workspaceId}::uuid, ${actor.id}::uuid, ${role})
    ON CONFLICT (workspace_id, user_id) DO NOTHING`;
  await audit(
    tx,
    { actor, requestId: scope.requestId, workspaceId },
    { action: 'invitations.accept', targetKind: 'user', targetId: actor.id, data: { role } },
  );
  return { workspaceId, role };
}
