import { PARTNER_ROLES, permissionsOf, type Permission } from '@gangway/contract/permissions';
import { Prisma } from '@gangway/db/client';
import type { PartnerScope } from './scope.js';

/**
 * SQL: whether the credential may still do what it was authorized for, or what another permission allows, for what is one
 * statement. What was committed before the statement began counts; more needs a lock, and `writeAsPartner`.
 */
export function credentialCondition(
  scope: PartnerScope,
  permission: Permission = scope.permission,
): Prisma.Sql {
  const { actor, partnerId, endsAt } = scope;
  if (actor.kind === 'apiKey')
    return Prisma.sql`EXISTS (SELECT FROM api_keys WHERE id = ${actor.id}::uuid AND partner_id = ${partnerId}::uuid
      AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()))`;
  // A trusted issuer's token was good when it was authorized, and has no row that could say otherwise since.
  if (endsAt !== null) return Prisma.sql`true`;
  const roles = PARTNER_ROLES.filter((role) => permissionsOf([role]).includes(permission));
  return Prisma.sql`EXISTS (SELECT FROM partner_clients WHERE client_id = ${actor.id} AND partner_id = ${partnerId}::uuid
    AND revoked_at IS NULL AND ${permission} = ANY (permissions) AND roles && ${roles}::text[])`;
}
