import type { get } from '@gangway/contract/consent';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { notFound } from '../errors.js';
import { redirectUriOf } from './consent-page.js';
import { toConsentRequest } from './to-consent-request.js';

/** How the consent of a session's connection stands; what was asked for another connection counts no more. @throws AppError not_found */
export async function getConsent(
  scope: WorkspaceScope,
  input: z.output<(typeof get)['in']>,
): Promise<z.infer<(typeof get)['out']>> {
  const { workspaceId } = scope;
  const { prisma } = scope.house.db;
  const redirectUri = redirectUriOf(scope.house);
  const session = await prisma.onboardingSession.findFirst({
    where: { workspaceId, id: input.onboardingSessionId },
    select: { id: true, providerConnectionId: true },
  });
  if (!session) throw notFound();
  if (session.providerConnectionId === null) return { latest: null, openLink: null, redirectUri };
  const about = {
    workspaceId,
    onboardingSessionId: session.id,
    providerConnectionId: session.providerConnectionId,
  };
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
