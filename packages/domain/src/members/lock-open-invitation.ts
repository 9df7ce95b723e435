import type { Role } from '@gangway/contract/capabilities';
import type { WorkspaceScope } from '../access/scope.js';
import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { notFound } from '../errors.js';
import { requireMayGrant } from './require-may-grant.js';

/**
 * An invitation of the workspace that is neither accepted nor withdrawn, locked until the transaction ends; expired or
 * not. `own` is the caller's role. @throws AppError not_found, forbidden for an owner's if the caller is not one
 */
export async function lockOpenInvitation(
  tx: WorkspaceTransaction,
  scope: WorkspaceScope,
  own: Role,
  invitationId: string,
): Promise<{ id: string; email: string; role: Role }> {
  const rows = await tx.$queryRaw<{ id: string; email: string; role: Role }[]>`
    SELECT id, email, role FROM invitations
     WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ${invitationId}::uuid
       AND accepted_at IS NULL AND revoked_at IS NULL FOR UPDATE`;
  const [invitation] = rows;
  if (!invitation) throw notFound();
  requireMayGrant(own, invitation.role);
  return invitation;
}
