import type { start } from '@gangway/contract/consent';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { createToken } from '../secrets/token.js';
import { targetOf, toAskedFrom } from './asked-from.js';
import { consentPage, STATE_LIFETIME_MS } from './consent-page.js';
import { writeAsked } from './write-asked.js';

/**
 * Sends whoever asks to Microsoft's consent page themselves. The state in the address is good once, for an hour, and in
 * this browser session of this user only. @throws AppError conflict `session.closed`, `session.step_not_ready`
 */
export async function startConsent(
  scope: WorkspaceScope,
  input: z.output<(typeof start)['in']>,
): Promise<z.infer<(typeof start)['out']>> {
  const { app, workspaceId, actor } = scope;
  const from = toAskedFrom(input);
  const { token: state, hash } = createToken();
  const id = uuidv7();
  const expiresAt = new Date(Date.now() + STATE_LIFETIME_MS);
  return writeAsked(scope, from, async (tx, { connection, entraTenantId }) => {
    const { onboardingSessionId } = from;
    const asked = { onboardingSessionId, providerConnectionId: connection.id };
    const url = consentPage(app, { ...connection, entraTenantId }, state);
    await tx.consentRequest.create({
      data: {
        ...{ id, workspaceId, ...asked, kind: 'direct', expiresAt },
        ...{ expectedEntraTenantId: entraTenantId, stateHash: hash },
        ...{ createdBy: actor.id, createdByLabel: actor.label, browserSessionId: actor.browserSessionId },
      },
    });
    await audit(tx, scope, {
      action: 'consent.start',
      ...targetOf(asked),
      data: { consentRequestId: id },
    });
    return { consentRequestId: id, url, expiresAt: expiresAt.toISOString() };
  });
}
