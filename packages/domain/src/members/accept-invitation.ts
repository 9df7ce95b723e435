import type { accept } from '@gangway/contract/members';
import type { z } from 'zod';
import type { UserScope } from '../access/scope.js';
import { AppError } from '../errors.js';
import { consumeInvitation } from './consume-invitation.js';
import { enterWorkspace } from './enter-workspace.js';
import { loadOpenInvitation } from './load-open-invitation.js';

/**
 * Makes the caller a member with their invitation. It is bound to its e-mail address: in other hands it is worth nothing.
 * @throws AppError invalid, gone; forbidden `workspace.suspended`, and the invitation can be accepted later
 */
export async function acceptInvitation(
  scope: UserScope,
  input: z.output<(typeof accept)['in']>,
): Promise<z.infer<(typeof accept)['out']>> {
  const invitation = await loadOpenInvitation(scope.app.db.prisma, input.token);
  if (invitation.email !== scope.actor.label) throw new AppError('invalid', 'auth.token_invalid');
  return enterWorkspace(scope, invitation, scope.actor, (tx) => consumeInvitation(tx, scope, invitation));
}
