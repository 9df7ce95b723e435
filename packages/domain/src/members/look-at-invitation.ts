import type { Role } from '@gangway/contract/capabilities';
import type { look } from '@gangway/contract/members';
import type { z } from 'zod';
import type { PublicScope } from '../access/scope.js';
import { returnPoints, takePoints } from '../limits/limits.js';
import { toAddressKey } from '../limits/to-address-key.js';
import { loadOpenInvitation } from './load-open-invitation.js';

/** What an invitation is to, for whoever holds its link. @throws AppError invalid, gone, too_many */
export async function lookAtInvitation(
  scope: PublicScope,
  input: z.output<(typeof look)['in']>,
): Promise<z.infer<(typeof look)['out']>> {
  const limit = ['credentials.address', toAddressKey(scope.clientAddress)] as const;
  await takePoints(scope, limit);
  const { prisma } = scope.house.db;
  const invitation = await loadOpenInvitation(prisma, input.token);
  await returnPoints(scope, limit);
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
