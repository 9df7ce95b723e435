import type { createHandOffLink as schema } from '@gangway/contract/consent';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { createToken } from '../secrets/token.js';
import { targetOf, toAskedFrom } from './asked-from.js';
import { writeAsked } from './write-asked.js';
import { revokeOpenLinks } from './revoke-hand-off-link.js';

const LINK_LIFETIME_MS = 7 * 24 * 60 * 60_000;

/**
 * Makes a link for the customer's administrator, good once and for a week. The one before it ends, so that where
 * it is made there is one at most. @throws AppError conflict `session.closed`, `session.step_not_ready`
 */
export async function createHandOffLink(
  scope: WorkspaceScope,
  input: z.output<(typeof schema)['in']>,
): Promise<z.infer<(typeof schema)['out']>> {
  const { app, workspaceId, actor } = scope;
  const from = toAskedFrom(input);
  const { token, hash } = createToken();
  const id = uuidv7();
  const expiresAt = new Date(Date.now() + LINK_LIFETIME_MS);
  await writeAsked(scope, from, async (tx, { connection, entraTenantId }) => {
    const { onboardingSessionId } = from;
    const asked = { onboardingSessionId, providerConnectionId: connection.id };
    const replaced = await revokeOpenLinks(tx, scope, from);
    await tx.consentRequest.create({
      data: {
        ...{ id, workspaceId, ...asked, kind: 'hand_off', expiresAt, linkHash: hash },
        ...{ expectedEntraTenantId: entraTenantId },
        ...{ createdBy: actor.id, createdByLabel: actor.label },
      },
    });
    await audit(tx, scope, {
      action: 'consent.createHandOffLink',
      ...targetOf(asked),
      data: { consentRequestId: id, replaced },
    });
  });
  return {
    consentRequestId: id,
    link: `${app.appUrl}/handoff/${token}`,
    expiresAt: expiresAt.toISOString(),
  };
}
