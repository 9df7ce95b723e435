import {
  permissionsOf,
  PARTNER_ROLES,
  type PartnerRole,
  type Permission,
} from '@gangway/contract/permissions';
import type { PartnerClient } from '@gangway/db/generated/client';
import { held } from '../access/identify-partner.js';
import type { House } from '../house.js';
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
 * @throws AppError too_many
 */
export async function issueToken(
  house: House,
  client: { id: string; secret: string },
  requestedScope: string | null,
  clientAddress: string,
): Promise<IssuedToken | TokenRefusal> {
  const address = toAddressKey(clientAddress);
  const limits: readonly Limit[] = [
    // The narrower one first: a client that is refused by it takes nothing from those behind the same address.
    ['client.pair', `${address} ${client.id}`],
    ['credentials.address', address],
  ];
  const row = await countWrong(
    { house },
    limits,
    (outcome) => outcome === null,
    () => findClient(house, client),
  );
  if (row === null) return 'invalid_client';
  const roles = row.roles.filter((role): role is PartnerRole =>
    (PARTNER_ROLES as readonly string[]).includes(role),
  );
  const all = held(row.roles, row.permissions);
  const asked = requestedScope?.split(' ').filter((word) => word !== '') ?? [];
  if (asked.some((word) => !(all as readonly string[]).includes(word))) return 'invalid_scope';
  const permissions: readonly Permission[] =
    asked.length === 0 ? all : permissionsOf(roles).filter((permission) => asked.includes(permission));
  return {
    access_token: await house.partnerTokens.issue({
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

/** The client that has this secret; null for a wrong one, and for a client that is unknown or revoked. */
async function findClient(
  house: House,
  { id, secret }: { id: string; secret: string },
): Promise<PartnerClient | null> {
  const row = await house.db.prisma.partnerClient.findUnique({ where: { clientId: id } });
  const isMatch = matchesHash(secret, row?.secretHash ?? NO_HASH);
  return isMatch && row?.revokedAt === null ? row : null;
}
