import type { Evidence } from '@gangway/contract/operations';
import type { ReasonCode } from '@gangway/contract/reason-codes';
import type { ConsentRequest, Prisma } from '@gangway/db/generated/client';
import type { ConsentReturn } from '@gangway/providers/port';
import { openOnBehalf } from '../access/open-on-behalf.js';
import { openWorkspace } from '../access/open-workspace.js';
import type { RequestScope, WorkspaceScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import type { SessionCredential } from '../auth/session-token.js';
import { AppError } from '../errors.js';
import { startVerificationOf } from '../onboarding/start-verification.js';
import { hashToken } from '../secrets/token.js';
import { targetOf } from './asked-from.js';
import { linkActor } from './link-actor.js';
import { statusOf } from './to-consent-request.js';
import { writeAsked } from './write-asked.js';

const withOrigin = {
  workspace: { select: { slug: true } },
  connection: { select: { managedTenantId: true } },
} as const;

/** What whoever asked has to be allowed, still. */
const RIGHTS = { capability: 'onboarding:run', action: 'consent.return' } as const;

/** Where consent was asked for. */
type Origin =
  | {
      readonly to: 'wizard';
      readonly slug: string;
      readonly onboardingSessionId: string;
      readonly step: 'verify' | 'connection';
    }
  | { readonly to: 'tenant'; readonly slug: string; readonly managedTenantId: string };
/** Where whoever comes back from Microsoft goes on. */
export type ConsentEnd =
  | Origin
  | { readonly to: 'hand_off'; readonly isRefused: boolean }
  | { readonly to: 'sign_in'; readonly back: Origin };
type Request = Prisma.ConsentRequestGetPayload<{ include: typeof withOrigin }>;

/**
 * Takes the return from Microsoft's consent page: uses its state up, and starts a verification, or joins the live one,
 * as whoever asked. That somebody came back proves nothing; the verification finds out.
 * @throws AppError gone where the state is unknown, over, or not this browser's; not_found, forbidden
 */
export async function acceptConsentReturn(
  scope: RequestScope,
  credential: SessionCredential | null,
  query: Readonly<Record<string, unknown>>,
): Promise<ConsentEnd> {
  const { app } = scope;
  const returned = app.provider.readConsentReturn(query);
  const request = await app.db.prisma.consentRequest.findUnique({
    where: { stateHash: hashToken(returned.state) },
    include: withOrigin,
  });
  if (!request || statusOf(request) !== 'waiting') throw over();
  const asker = await openAsker(scope, credential, request);
  if (asker === 'signed_out') return { to: 'sign_in', back: originOf(request, false) };
  if (asker === null) throw over();
  const reasonCode = refusalIn(returned, request);
  const operationRunId = await settle(asker, request, { reasonCode, evidence: returned.evidence });
  if (operationRunId !== null) app.engine.wake(operationRunId);
  const isRefused = reasonCode !== null;
  if (request.kind === 'hand_off') return { to: 'hand_off', isRefused };
  return originOf(request, isRefused);
}

function originOf({ workspace, connection, ...request }: Request, isRefused: boolean): Origin {
  const { slug } = workspace;
  const { onboardingSessionId } = request;
  if (onboardingSessionId === null)
    return { to: 'tenant', slug, managedTenantId: connection.managedTenantId };
  return { to: 'wizard', slug, onboardingSessionId, step: isRefused ? 'connection' : 'verify' };
}

/** Who asked, with the rights they have now. Null: nobody who may. `signed_out`: whoever left has to sign in first. */
async function openAsker(
  scope: RequestScope,
  credential: SessionCredential | null,
  request: Request,
): Promise<WorkspaceScope | 'signed_out' | null> {
  const { kind, workspaceId, createdBy: userId } = request;
  if (kind === 'hand_off') return openOnBehalf(scope, { workspaceId, userId, ...RIGHTS });
  try {
    return await openReturning(scope, credential, request);
  } catch (error) {
    // Nothing is used up, and nothing is lost: the verification, which is what counts, can be started over there.
    if (error instanceof AppError && error.refusal === 'unauthenticated') return 'signed_out';
    throw error;
  }
}

/** Only whoever left for Microsoft comes back, in the browser session they left from. Null: it is somebody else. */
async function openReturning(
  scope: RequestScope,
  credential: SessionCredential | null,
  request: ConsentRequest,
): Promise<WorkspaceScope | null> {
  const { workspaceId, onboardingSessionId, providerConnectionId, createdBy, browserSessionId } = request;
  const asker = await openWorkspace(
    scope,
    credential,
    { workspace: workspaceId, isSlugAllowed: false, ...RIGHTS },
    onboardingSessionId === null ? { providerConnectionId } : { onboardingSessionId },
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
  { reasonCode, evidence }: { readonly reasonCode: ReasonCode | null; readonly evidence: Evidence | null },
): Promise<string | null> {
  const { id, onboardingSessionId, providerConnectionId } = request;
  const from =
    onboardingSessionId === null ? { onboardingSessionId, providerConnectionId } : { onboardingSessionId };
  return writeAsked(asker, from, async (tx, { connection }) => {
    if (connection.id !== providerConnectionId) throw over();
    const now = new Date();
    const { count } = await tx.consentRequest.updateMany({
      where: { id, returnedAt: null, revokedAt: null, expiresAt: { gt: now } },
      data: { returnedAt: now, reasonCode, ...(evidence === null ? {} : { evidence }) },
    });
    if (count === 0) throw over();
    const actor = request.kind === 'direct' ? asker.actor : linkActor(request);
    await audit(
      tx,
      { ...asker, actor },
      {
        action: 'consent.return',
        ...(reasonCode === null ? {} : { outcome: 'failed', reasonCode }),
        ...targetOf(request),
        data: { consentRequestId: id },
      },
    );
    if (reasonCode !== null) return null;
    await tx.providerConnection.update({ where: { id: providerConnectionId }, data: { consentedAt: now } });
    const { operationRunId } = await startVerificationOf(tx, asker, connection, onboardingSessionId);
    await tx.consentRequest.update({ where: { id }, data: { operationRunId } });
    return operationRunId;
  });
}

const over = (): AppError => new AppError('gone', 'auth.token_invalid');
