import type { createHandOffLink as schema } from '@gangway/contract/consent';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { createToken } from '../secrets/token.js';
import { lockAsked } from './lock-asked.js';
import { revokeOpenLinks } from './revoke-hand-off-link.js';

const LINK_LIFETIME_MS = 7 * 24 * 60 * 60_000;

/**
 * Makes a link for the customer's administrator, good once and for a week. The one before it ends, so that a session
 * has one link at most. @throws AppError conflict `session.closed`, `session.step_not_ready`
 */
export async function createHandOffLink(
  scope: WorkspaceScope,
  input: z.output<(typeof schema)['in']>,
): Promise<z.infer<(typeof schema)['out']>> {
  const { house, workspaceId, actor } = scope;
  const { token, hash } = createToken();
  const id = uuidv7();
  const expiresAt = new Date(Date.now() + LINK_LIFETIME_MS);
  await house.db.inTransaction(async (tx) => {
    const { onboardingSessionId, connection, entraTenantId } = await lockAsked(
      tx,
      scope,
      input.onboardingSessionId,
    );
    const replaced = await revokeOpenLinks(tx, scope, onboardingSessionId);
    await tx.consentRequest.create({
      data: {
        ...{ id, workspaceId, onboardingSessionId, kind: 'hand_off', expiresAt, linkHash: hash },
        ...{ providerConnectionId: connection.id, expectedEntraTenantId: entraTenantId },
        ...{ createdBy: actor.id, createdByLabel: actor.label },
      },
    });
    await audit(tx, scope, {
      action: 'consent.createHandOffLink',
      targetKind: 'onboarding_session',
      targetId: onboardingSessionId,
      data: { consentRequestId: id, replaced },
    });
  });
  return {
    consentRequestId: id,
    link: `${house.appUrl}/handoff/${token}`,
    expiresAt: expiresAt.toISOString(),
  };
}
