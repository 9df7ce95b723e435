import type { Database } from '@gangway/db/client';
import { MAIL_FACTS } from '../mail/list-mails.js';

/**
 * Everything that is stored about a person, by their address, for the operator who is asked for it. Secrets that only prove
 * who someone is (hashes, tokens) are left out; what a mail said is gone once it was sent.
 */
export async function exportPerson({ prisma }: Database, address: string) {
  const email = address.trim().toLowerCase();
  const account = await prisma.user.findUnique({
    where: { email },
    omit: { passwordHash: true },
    include: { roles: true, memberships: { include: { workspace: { select: { name: true, slug: true } } } } },
  });
  const userId = account?.userId ?? null;
  const byUser = { startedByKind: 'user', startedById: userId ?? '' };
  const [sessions, links, invitations, invited, mails, tenants, runs, events, consents] = await Promise.all([
    prisma.browserSession.findMany({
      where: { user: { email } },
      select: {
        id: true,
        userAgent: true,
        createdAt: true,
        lastSeenAt: true,
        expiresAt: true,
        revokedAt: true,
      },
    }),
    prisma.userLink.findMany({ where: { user: { email } }, omit: { tokenHash: true } }),
    prisma.invitation.findMany({ where: { email }, omit: { tokenHash: true } }),
    userId === null
      ? []
      : prisma.invitation.findMany({ where: { invitedBy: userId }, select: { id: true, createdAt: true } }),
    prisma.mailMessage.findMany({ where: { recipient: email }, select: MAIL_FACTS }),
    prisma.tenant.findMany({ where: { email } }),
    prisma.operationRun.findMany({
      where: {
        OR: [byUser, { cancelledBy: email }, { input: { path: ['adminUser', 'email'], equals: email } }],
      },
      select: { id: true, type: true, status: true, createdAt: true, finishedAt: true, input: true },
    }),
    prisma.auditEvent.findMany({
      where: {
        OR: [
          { actorKind: 'user', actorId: userId ?? '' },
          { targetKind: 'user', targetId: userId ?? '' },
          { data: { path: ['email'], equals: email } },
        ],
      },
      orderBy: { id: 'asc' },
    }),
    userId === null
      ? []
      : prisma.consentRequest.findMany({
          where: { createdBy: userId },
          select: { id: true, workspaceId: true, kind: true, createdAt: true },
        }),
  ]);
  return {
    ...{ email, account, sessions, links, invitations, invitationsSent: invited, mails },
    ...{ tenantsOfAddress: tenants, runs, auditEvents: events, consentRequests: consents },
  };
}
