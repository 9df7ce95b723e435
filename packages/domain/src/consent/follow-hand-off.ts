import type { followHandOff as schema } from '@gangway/contract/consent';
import type { z } from 'zod';
import type { PublicScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import { audit } from '../audit/audit.js';
import { AppError } from '../errors.js';
import { countLinkTries } from '../limits/count-link-tries.js';
import { createToken } from '../secrets/token.js';
import { targetOf } from './asked-from.js';
import { consentPage, STATE_LIFETIME_MS } from './consent-page.js';
import { linkActor } from './link-actor.js';
import { loadOpenLink } from './load-open-link.js';

/**
 * Uses a hand-off link up and gives Microsoft's consent page, with a state that is good once and for an hour.
 * @throws AppError invalid, gone, too_many
 */
export async function followHandOff(
  scope: PublicScope,
  input: z.output<(typeof schema)['in']>,
): Promise<z.infer<(typeof schema)['out']>> {
  const { app, requestId } = scope;
  return countLinkTries(scope, async () => {
    const { request, maker } = await loadOpenLink(scope, input.token);
    const { id, workspaceId, connection, expectedEntraTenantId } = request;
    const { token: state, hash } = createToken();
    const url = consentPage(app, { ...connection, entraTenantId: expectedEntraTenantId }, state);
    const now = new Date();
    await writeInWorkspace(maker, async (tx) => {
      const { count } = await tx.consentRequest.updateMany({
        where: { id, followedAt: null, revokedAt: null, expiresAt: { gt: now } },
        data: { followedAt: now, stateHash: hash, expiresAt: new Date(now.getTime() + STATE_LIFETIME_MS) },
      });
      // Somebody was faster: a second click, or whoever withdrew it.
      if (count === 0) throw new AppError('gone', 'link.used', { expiredAt: now.toISOString() });
      await audit(
        tx,
        { actor: linkActor(request), requestId, workspaceId },
        {
          action: 'consent.followHandOff',
          ...targetOf(request),
          data: { consentRequestId: id },
        },
      );
    });
    return { url };
  });
}
