import type { ReasonCode } from '@gangway/contract/reason-codes';
import type { ConsentRequest } from '@gangway/db/generated/client';
import type { ConsentReturn } from '@gangway/providers/port';
import { openOnBehalf } from '../access/open-on-behalf.js';
import { openWorkspace } from '../access/open-workspace.js';
import type { RequestScope, WorkspaceScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { AppError } from '../errors.js';
import { lockOpenSession } from '../onboarding/lock-session.js';
import { startVerificationOf } from '../onboarding/start-verification.js';
import { hashToken } from '../secrets/token.js';
import { linkActor } from './link-actor.js';
import { statusOf } from './to-consent-request.js';

/** Where whoever comes back from Microsoft goes on. */
export type ConsentEnd =
  | {
      readonly to: 'wizard';
      readonly slug: string;
      readonly onboardingSessionId: string;
      readonly step: Step;
    }
  | { readonly to: 'hand_off'; readonly isRefused: boolean };
type Step = 'verify' | 'connection';
type Credential = { readonly tokenHash: Uint8Array<ArrayBuffer> } | null;

/**
 * Takes the return from Microsoft's consent page: uses its state up, and starts a verification, or joins the live one,
 * as whoever asked. That somebody came back proves nothing; the verification finds out.
 * @throws AppError gone where the state is unknown, over, or not this browser's; unauthenticated, not_found, forbidden
 */
export async function acceptConsentReturn(
  scope: RequestScope,
  credential: Credential,
  query: Readonly<Record<string, unknown>>,
): Promise<ConsentEnd> {
  const { house } = scope;
  const returned = house.provider.readConsentReturn(query);
  const request = await house.db.prisma.consentRequest.findUnique({
    where: { stateHash: hashToken(returned.state) },
  });
  if (!request || statusOf(request) !== 'waiting') throw over();
  const asker =
    request.kind === 'direct'
      ? await openReturning(scope, credential, request)
      : await openOnBehalf(scope, {
          workspaceId: request.workspaceId,
          userId: request.createdBy,
          capability: 'onboarding:run',
        });
  if (asker === null) throw over();
  const reasonCode = refusalIn(returned, request);
  const operationRunId = await settle(asker, request, reasonCode);
  if (operationRunId !== null) house.engine.poke(operationRunId);
  const isRefused = reasonCode !== null;
  if (request.kind === 'hand_off') return { to: 'hand_off', isRefused };
  const { onboardingSessionId } = request;
  const step = isRefused ? 'connection' : 'verify';
  return { to: 'wizard', slug: asker.workspace.slug, onboardingSessionId, step };
}

/** Only whoever left for Microsoft comes back, in the browser session they left from. Null: it is somebody else. */
async function openReturning(
  scope: RequestScope,
  credential: Credential,
  request: ConsentRequest,
): Promise<WorkspaceScope | null> {
  const { workspaceId, onboardingSessionId, createdBy, browserSessionId } = request;
  const asker = await openWorkspace(
    scope,
    credential,
    { workspace: workspaceId, isSlugAllowed: false, capability: 'onboarding:run', action: 'consent.return' },
    { onboardingSessionId },
  );
  const isSame = asker.actor.id === createdBy && asker.actor.browserSessionId === browserSessionId;
  return isSame ? asker : null;
}

/** Why there is no consent. The tenant is only compared: the same one is no proof, another one is a refusal. */
function refusalIn(returned: ConsentReturn, request: ConsentRequest): ReasonCode | null {
  const isElsewhere =
    returned.entraTenantId !== null && returned.entraTenantId !== request.expectedEntraTenantId;
  return returned.reasonCode ?? (isElsewhere ? 'tenant.mismatch' : null);
}

/** Uses the state up, and starts the verification in the same transaction. @returns its run */
async function settle(
  asker: WorkspaceScope,
  request: ConsentRequest,
  reasonCode: ReasonCode | null,
): Promise<string | null> {
  const { id, onboardingSessionId, providerConnectionId } = request;
  return asker.house.db.inTransaction(async (tx) => {
    const session = await lockOpenSession(tx, asker, onboardingSessionId);
    if (session.providerConnectionId !== providerConnectionId) throw over();
    const now = new Date();
    const { count } = await tx.consentRequest.updateMany({
      where: { id, returnedAt: null, revokedAt: null, expiresAt: { gt: now } },
      data: { returnedAt: now, reasonCode },
    });
    if (count === 0) throw over();
    const actor = request.kind === 'direct' ? asker.actor : linkActor(request);
    await audit(
      tx,
      { ...asker, actor },
      {
        action: 'consent.return',
        ...(reasonCode === null ? {} : { outcome: 'failed', reasonCode }),
        targetKind: 'onboarding_session',
        targetId: onboardingSessionId,
        data: { consentRequestId: id },
      },
    );
    if (reasonCode !== null) return null;
    await tx.providerConnection.update({ where: { id: providerConnectionId }, data: { consentedAt: now } });
    const { operationRunId } = await startVerificationOf(tx, asker, session);
    await tx.consentRequest.update({ where: { id }, data: { operationRunId } });
    return operationRunId;
  });
}

const over = (): AppError => new AppError('gone', 'auth.token_invalid');
