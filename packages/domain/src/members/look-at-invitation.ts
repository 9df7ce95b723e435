import type { Role } from '@gangway/contract/capabilities';
import type { look } from '@gangway/contract/members';
import type { z } from 'zod';
import type { PublicScope } from '../access/scope.js';
import { countLinkTries } from '../limits/count-link-tries.js';
import { loadOpenInvitation } from './load-open-invitation.js';

/** What an invitation is to, for whoever holds its link. @throws AppError invalid, gone, too_many */
export async function lookAtInvitation(
  scope: PublicScope,
  input: z.output<(typeof look)['in']>,
): Promise<z.infer<(typeof look)['out']>> {
  const { prisma } = scope.app.db;
  const invitation = await countLinkTries(scope, () => loadOpenInvitation(prisma, input.token));
  const { email, workspaceId, invitedBy } = invitation;
  const [workspace, inviter, account] = await Promise.all([
    prisma.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { name: true } }),
    prisma.user.findUnique({ where: { userId: invitedBy }, select: { email: true } }),
    prisma.user.findUnique({ where: { email }, select: { userId: true } }),
  ]);
  return {
    workspaceName: workspace.name,
    role: invitation.role as Role,
    email,
    invitedBy: inviter?.email ?? workspace.name,
    expiresAt: invitation.expiresAt.toISOString(),
    hasAccount: account !== null,
  };
}
