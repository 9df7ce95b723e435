import type { get } from '@gangway/contract/consent';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { notFound } from '../errors.js';
import { toAskedFrom, type AskedFrom } from './asked-from.js';
import { redirectUriOf } from './consent-page.js';
import { toConsentRequest } from './to-consent-request.js';

/** How a consent stands; in an onboarding, what was asked for another connection counts no more. @throws AppError not_found */
export async function getConsent(
  scope: WorkspaceScope,
  input: z.output<(typeof get)['in']>,
): Promise<z.infer<(typeof get)['out']>> {
  const { workspaceId } = scope;
  const { prisma } = scope.app.db;
  const redirectUri = redirectUriOf(scope.app);
  const from = toAskedFrom(input);
  const providerConnectionId = await selectedBy(scope, from);
  if (providerConnectionId === null) return { latest: null, openLink: null, redirectUri };
  const about = { workspaceId, ...from, providerConnectionId };
  const newestFirst = { id: 'desc' } as const;
  const [latest, link] = await Promise.all([
    prisma.consentRequest.findFirst({ where: about, orderBy: newestFirst }),
    prisma.consentRequest.findFirst({
      where: {
        ...about,
        ...{ kind: 'hand_off', followedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
      },
      orderBy: newestFirst,
    }),
  ]);
  return {
    latest: latest && toConsentRequest(latest),
    openLink: link && toConsentRequest(link),
    redirectUri,
  };
}

/** The connection that it is about, if there is one yet. */
async function selectedBy({ app, workspaceId }: WorkspaceScope, from: AskedFrom): Promise<string | null> {
  // The door has seen that the connection is in this workspace.
  if (from.onboardingSessionId === null) return from.providerConnectionId;
  const session = await app.db.prisma.onboardingSession.findFirst({
    where: { workspaceId, id: from.onboardingSessionId },
    select: { providerConnectionId: true },
  });
  if (!session) throw notFound();
  return session.providerConnectionId;
}
