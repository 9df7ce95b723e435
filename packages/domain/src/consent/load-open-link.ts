import type { Prisma } from '@gangway/db/generated/client';
import { openOnBehalf } from '../access/open-on-behalf.js';
import type { RequestScope, WorkspaceScope } from '../access/scope.js';
import { AppError } from '../errors.js';
import { hashToken } from '../secrets/token.js';

const withAsked = { connection: { include: { managedTenant: true } }, session: true } as const;

export interface OpenLink {
  readonly request: Prisma.ConsentRequestGetPayload<{ include: typeof withAsked }>;
  /** Whoever made the link, with the rights they have now. */
  readonly maker: WorkspaceScope;
}

/**
 * The hand-off that a link's token stands for; nothing is used up.
 * @throws AppError invalid for an unknown token; gone, with since when, for a link that was used, has expired, was
 * withdrawn, or whose maker, session or connection is no longer what it was
 */
export async function loadOpenLink(scope: RequestScope, token: string): Promise<OpenLink> {
  const request = await scope.app.db.prisma.consentRequest.findUnique({
    where: { linkHash: hashToken(token) },
    include: withAsked,
  });
  if (!request) throw new AppError('invalid', 'auth.token_invalid');
  const { followedAt, revokedAt, expiresAt, workspaceId, createdBy, session } = request;
  if (revokedAt !== null) throw gone('link.revoked', revokedAt);
  if (followedAt !== null) throw gone('link.used', followedAt);
  if (expiresAt <= new Date()) throw gone('auth.token_expired', expiresAt);
  const maker = await openOnBehalf(scope, {
    ...{ workspaceId, userId: createdBy },
    ...{ capability: 'onboarding:run', action: 'consent.followHandOff' },
  });
  const isExpired =
    session !== null &&
    (session.status !== 'open' || session.providerConnectionId !== request.providerConnectionId);
  if (maker === null || isExpired) throw new AppError('gone', 'link.revoked');
  return { request, maker };
}

function gone(reasonCode: 'link.revoked' | 'link.used' | 'auth.token_expired', since: Date): AppError {
  return new AppError('gone', reasonCode, { expiredAt: since.toISOString() });
}
