import type { join } from '@gangway/contract/members';
import type { z } from 'zod';
import type { PublicScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { startBrowserSession, type StartedSession } from '../auth/start-browser-session.js';
import { AppError } from '../errors.js';
import { countLinkTries } from '../limits/count-link-tries.js';
import { consumeInvitation } from './consume-invitation.js';
import { enterWorkspace } from './enter-workspace.js';
import { createInvitedAccount } from './create-invited-account.js';
import { loadOpenInvitation } from './load-open-invitation.js';

/**
 * Lets an invited person without an account in at once: account, membership and browser session are one transaction.
 * @throws AppError invalid, gone; forbidden `workspace.suspended`, and the invitation can be used later; conflict `member.has_account` for who has one and so has to sign in; too_many
 */
export async function joinWorkspace(
  scope: PublicScope,
  input: z.output<(typeof join)['in']>,
  userAgent: string | null,
): Promise<{ joined: z.infer<(typeof join)['out']>; session: StartedSession }> {
  const { db, hasher } = scope.app;
  return countLinkTries(scope, async () => {
    const invitation = await loadOpenInvitation(db.prisma, input.token);
    const passwordHash = await hasher.hash(input.newPassword);
    return enterWorkspace(scope, invitation, null, async (tx) => {
      const account = await createInvitedAccount(tx, { ...invitation, ...input }, passwordHash);
      if (!account) throw new AppError('conflict', 'member.has_account');
      const session = await startBrowserSession(tx, scope, account, userAgent);
      const actor = {
        kind: 'user',
        id: account.userId,
        label: account.email,
        browserSessionId: session.id,
      } as const;
      const source = { ...scope, actor };
      await audit(tx, source, { action: 'auth.setPassword', targetKind: 'user', targetId: account.userId });
      const { workspaceId, role } = await consumeInvitation(tx, source, invitation);
      const { slug } = await tx.workspace.findUniqueOrThrow({
        where: { id: workspaceId },
        select: { slug: true },
      });
      return { joined: { workspaceId, slug, role }, session };
    });
  });
}
