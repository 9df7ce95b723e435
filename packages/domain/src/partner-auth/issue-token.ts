import {
  permissionsOf,
  PARTNER_ROLES,
  type PartnerRole,
  type Permission,
} from '@gangway/contract/permissions';
import type { ReasonCode } from '@gangway/contract/reason-codes';
import type { PartnerClient } from '@gangway/db/generated/client';
import { effectivePermissions } from '../access/identify-partner.js';
import type { Actor, PublicScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { countWrong, type Limit } from '../limits/limits.js';
import { toAddressKey } from '../limits/to-address-key.js';
import { hashSecret, matchesHash } from './api-key-text.js';
import { TOKEN_LIFETIME } from './partner-tokens.js';

export type TokenRefusal = 'invalid_client' | 'invalid_scope';

export interface IssuedToken {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  /** Seconds. */
  readonly expires_in: number;
  readonly scope: string;
}

// Compared with where there is no such client, so that an unknown one takes the same path.
const NO_HASH = hashSecret('no client has this secret');

/**
 * The client credentials grant (RFC 6749, 4.4). `requestedScope` narrows the permissions of the token; what the client
 * does not hold is refused, not left out in silence. Wrong secrets are counted by address, and by address and client.
 * Both outcomes stand in the audit trail of the client's partner. @throws AppError too_many
 */
export async function issueToken(
  scope: PublicScope,
  client: { id: string; secret: string },
  requestedScope: string | null,
): Promise<IssuedToken | TokenRefusal> {
  const { app } = scope;
  const address = toAddressKey(scope.clientAddress);
  const limits: readonly Limit[] = [
    // The narrower one first: a client that is refused by it takes nothing from those behind the same address.
    ['client.pair', `${address} ${client.id}`],
    ['credentials.address', address],
  ];
  const row = await app.db.prisma.partnerClient.findUnique({ where: { clientId: client.id } });
  const isMatch = await countWrong(
    scope,
    limits,
    (outcome) => outcome === false,
    () => Promise.resolve(matchesHash(client.secret, row?.secretHash ?? NO_HASH) && row?.revokedAt === null),
  );
  if (!row || !isMatch) {
    await auditToken(scope, row, { by: 'somebody', reasonCode: 'auth.invalid_credentials' });
    return 'invalid_client';
  }
  const roles = row.roles.filter((role): role is PartnerRole =>
    (PARTNER_ROLES as readonly string[]).includes(role),
  );
  const all = effectivePermissions(row.roles, row.permissions);
  const asked = requestedScope?.split(' ').filter((word) => word !== '') ?? [];
  if (asked.some((word) => !(all as readonly string[]).includes(word))) {
    await auditToken(scope, row, { by: 'client', reasonCode: 'partner.permission_missing' });
    return 'invalid_scope';
  }
  const permissions: readonly Permission[] =
    asked.length === 0 ? all : permissionsOf(roles).filter((permission) => asked.includes(permission));
  await auditToken(scope, row, { by: 'client' });
  return {
    access_token: await app.partnerTokens.issue({
      clientId: row.clientId,
      partnerId: row.partnerId,
      roles,
      permissions,
    }),
    token_type: 'Bearer',
    expires_in: TOKEN_LIFETIME,
    scope: permissions.join(' '),
  };
}

/** A client that is unknown has no partner, and the event nobody who reads it; it is written all the same, in the same time. */
async function auditToken(
  { app, requestId }: PublicScope,
  client: PartnerClient | null,
  { by, reasonCode }: { by: 'client' | 'somebody'; reasonCode?: ReasonCode },
): Promise<void> {
  const actor: Actor =
    client && by === 'client'
      ? { kind: 'partner', id: client.clientId, label: client.clientId, partnerId: client.partnerId }
      : { kind: 'system', id: 'oauth', label: 'somebody' };
  await audit(
    app.db.prisma,
    { actor, requestId, ...(client ? { partnerId: client.partnerId } : {}) },
    {
      action: 'oauth.token',
      ...(reasonCode ? { outcome: 'denied', reasonCode } : {}),
      targetKind: 'partner_client',
      ...(client ? { targetId: client.clientId } : {}),
    },
  );
}
