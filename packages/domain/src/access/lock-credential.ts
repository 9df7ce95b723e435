import type { Permission } from '@gangway/contract/permissions';
import type { Transaction } from '@gangway/db/client';
import { effectivePermissions } from './identify-partner.js';
import type { PartnerScope } from './scope.js';

export interface LockedCredential {
  readonly permissions: readonly Permission[];
  /** Null: it has no end of its own. */
  readonly endsAt: Date | null;
}

interface Row {
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  readonly ends_at: Date | null;
}

/**
 * What a partner's credential may do now, and keeps it so until the transaction ends: whoever revokes it, or takes rights
 * from its client, meanwhile either came first and is waited for, or waits. It is never more than what it could do when it
 * was authorized. The lock is shared: calls with one credential do not wait for each other. Null: it has ended.
 */
export async function lockCredential(tx: Transaction, scope: PartnerScope): Promise<LockedCredential | null> {
  const { actor, partnerId, permissions, endsAt } = scope;
  // A trusted issuer's token has no row of its own, only an end: what it says counts for as long as the partner is there.
  if (actor.kind === 'partner' && endsAt !== null) {
    const partners = await tx.$queryRaw<unknown[]>`
      SELECT id FROM partners WHERE id = ${partnerId}::uuid FOR KEY SHARE`;
    return partners.length === 0 ? null : { permissions, endsAt };
  }
  const [row] =
    actor.kind === 'apiKey'
      ? await tx.$queryRaw<Row[]>`
          SELECT roles, permissions, expires_at AS ends_at FROM api_keys
           WHERE id = ${actor.id}::uuid AND partner_id = ${partnerId}::uuid
             AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()) FOR SHARE`
      : await tx.$queryRaw<Row[]>`
          SELECT roles, permissions, NULL::timestamptz AS ends_at FROM partner_clients
           WHERE client_id = ${actor.id} AND partner_id = ${partnerId}::uuid AND revoked_at IS NULL FOR SHARE`;
  if (!row) return null;
  const now = effectivePermissions(row.roles, row.permissions);
  return { permissions: permissions.filter((permission) => now.includes(permission)), endsAt: row.ends_at };
}
