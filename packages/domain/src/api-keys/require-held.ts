import type { PartnerScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { AppError } from '../errors.js';

/**
 * Nobody hands on, or takes over, more than they hold: who tries is on record. Roles need no look of their own, they only
 * bound what permissions come to. `keyId`: the key that holds them already. @throws AppError forbidden
 */
export async function requireHeld(
  scope: PartnerScope,
  action: string,
  permissions: readonly string[],
  keyId?: string,
): Promise<void> {
  const isHeld = permissions.every((permission) =>
    (scope.permissions as readonly string[]).includes(permission),
  );
  if (isHeld) return;
  // Not in a transaction, and not called in one: that would be rolled back, and wait here for a second connection.
  await audit(scope.house.db.prisma, scope, {
    action,
    outcome: 'denied',
    reasonCode: 'partner.permission_missing',
    ...(keyId === undefined ? {} : { targetKind: 'api_key', targetId: keyId }),
  });
  throw new AppError('forbidden', 'partner.permission_missing');
}
