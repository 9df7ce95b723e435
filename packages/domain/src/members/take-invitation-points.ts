import type { WorkspaceScope } from '../access/scope.js';
import { takePoints } from '../limits/limits.js';

/**
 * Counts the mail of an invitation, the first one or another. The limit of the pair comes first, so that repeating one
 * invitation uses up nothing that others have. @throws AppError too_many
 */
export async function takeInvitationPoints(scope: WorkspaceScope, email: string): Promise<void> {
  const { workspaceId, actor } = scope;
  await takePoints(
    scope,
    ['invitation.pair', `${workspaceId} ${email}`],
    ['invitation.recipient', email],
    ['invitation.user', actor.id],
    ['invitation.workspace', workspaceId],
  );
}
