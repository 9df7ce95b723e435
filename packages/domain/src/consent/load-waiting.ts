import type { ReadClient } from '@gangway/db/client';
import type { OnboardingSession } from '@gangway/db/generated/client';
import { statusOf } from './to-consent-request.js';

type Asking = Pick<OnboardingSession, 'id' | 'providerConnectionId'>;

/** Since when sessions of a workspace wait for the consent of their connection; only those that do are in it. */
export async function loadWaiting(
  db: ReadClient,
  workspaceId: string,
  sessions: readonly Asking[],
): Promise<Map<string, Date>> {
  const requests = await db.consentRequest.findMany({
    where: { workspaceId, onboardingSessionId: { in: sessions.map(({ id }) => id) } },
    distinct: ['onboardingSessionId', 'providerConnectionId'],
    orderBy: { id: 'desc' },
  });
  const waiting = new Map<string, Date>();
  for (const { id, providerConnectionId } of sessions) {
    const newest = requests.find(
      (one) => one.onboardingSessionId === id && one.providerConnectionId === providerConnectionId,
    );
    if (newest && statusOf(newest) === 'waiting') waiting.set(id, newest.createdAt);
  }
  return waiting;
}
