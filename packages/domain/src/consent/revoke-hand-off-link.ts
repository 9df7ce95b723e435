import type { revokeHandOffLink as schema } from '@gangway/contract/consent';
import type { Prisma } from '@gangway/db/generated/client';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';

/** Ends the hand-off link of a session, whether it was followed or not. Doing it twice is harmless. */
export async function revokeHandOffLink(
  scope: WorkspaceScope,
  input: z.output<(typeof schema)['in']>,
): Promise<z.infer<(typeof schema)['out']>> {
  return scope.house.db.inTransaction(async (tx) => {
    const count = await revokeOpenLinks(tx, scope, input.onboardingSessionId);
    if (count > 0) {
      await audit(tx, scope, {
        action: 'consent.revokeHandOffLink',
        targetKind: 'onboarding_session',
        targetId: input.onboardingSessionId,
      });
    }
    return { revoked: count > 0 };
  });
}

/** Ends every hand-off of a session that has not come back. @returns how many there were */
export async function revokeOpenLinks(
  tx: Prisma.TransactionClient,
  { workspaceId }: WorkspaceScope,
  onboardingSessionId: string,
): Promise<number> {
  const now = new Date();
  const { count } = await tx.consentRequest.updateMany({
    where: {
      ...{ workspaceId, onboardingSessionId, kind: 'hand_off' },
      ...{ revokedAt: null, returnedAt: null, expiresAt: { gt: now } },
    },
    data: { revokedAt: now },
  });
  return count;
}
