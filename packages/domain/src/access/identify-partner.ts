import {
  PARTNER_ROLES,
  permissionsOf,
  type PartnerRole,
  type Permission,
} from '@gangway/contract/permissions';
import { isApiKeyText, matchesHash, prefixOf } from '../partner-auth/api-key-text.js';
import type { House } from '../house.js';
import type { PartnerActor } from './scope.js';

/** Who holds a partner credential, with the rights as they are now. */
export interface PartnerIdentity {
  readonly actor: PartnerActor;
  readonly partnerId: string;
  readonly permissions: readonly Permission[];
}

/**
 * Resolves `Authorization: Bearer <access token or API key>`: one indexed read. Null for everything that is missing,
 * malformed, expired, revoked or unknown. What a token says about rights only narrows what its client holds today.
 */
export async function identifyPartner(
  house: House,
  authorization: string | null,
): Promise<PartnerIdentity | null> {
  const [, credential] = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization ?? '') ?? [];
  if (credential === undefined || credential.length > 8_192) return null;
  return isApiKeyText(credential) ? identifyApiKey(house, credential) : identifyToken(house, credential);
}

async function identifyApiKey(house: House, key: string): Promise<PartnerIdentity | null> {
  const rows = await house.db.prisma.$queryRaw<
    {
      id: string;
      partner_id: string;
      name: string;
      key_hash: string;
      roles: string[];
      permissions: string[];
      is_stale: boolean;
    }[]
  >`
    SELECT id, partner_id, name, key_hash, roles, permissions,
           last_used_at IS NULL OR last_used_at < now() - interval '1 minute' AS is_stale
      FROM api_keys
     WHERE prefix = ${prefixOf(key)} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`;
  const row = rows[0];
  if (!row || !matchesHash(key, row.key_hash)) return null;
  if (row.is_stale)
    await house.db.prisma.$executeRaw`UPDATE api_keys SET last_used_at = now() WHERE id = ${row.id}::uuid`;
  return {
    actor: { kind: 'apiKey', id: row.id, label: row.name, partnerId: row.partner_id },
    partnerId: row.partner_id,
    permissions: held(row.roles, row.permissions),
  };
}

async function identifyToken(house: House, token: string): Promise<PartnerIdentity | null> {
  const subject = await house.partnerTokens.verify(token);
  if (subject === null) return null;
  if (subject.kind === 'external') {
    const partner = await house.db.prisma.partner.findUnique({
      where: { id: subject.partnerId },
      select: { id: true },
    });
    if (!partner) return null;
    const id = `${subject.issuer}#${subject.subject}`;
    return {
      actor: { kind: 'partner', id, label: subject.subject, partnerId: partner.id },
      partnerId: partner.id,
      permissions: permissionsOf(subject.roles),
    };
  }
  const client = await house.db.prisma.partnerClient.findUnique({ where: { clientId: subject.clientId } });
  if (!client || client.revokedAt !== null) return null;
  const claimed = held(subject.roles, subject.permissions);
  return {
    actor: { kind: 'partner', id: client.clientId, label: client.clientId, partnerId: client.partnerId },
    partnerId: client.partnerId,
    permissions: held(client.roles, client.permissions).filter((permission) => claimed.includes(permission)),
  };
}

/** What roles and permissions come to: a permission counts only where a role allows it. */
export function held(roles: readonly string[], permissions: readonly string[]): readonly Permission[] {
  const known = roles.filter((role): role is PartnerRole =>
    (PARTNER_ROLES as readonly string[]).includes(role),
  );
  return permissionsOf(known).filter((permission) => permissions.includes(permission));
}
