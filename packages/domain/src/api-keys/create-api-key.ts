import type { createdApiKey, newApiKey } from '@gangway/contract/provisioning/api-keys';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import { effectivePermissions } from '../access/identify-partner.js';
import type { PartnerScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { invalidField } from '../errors.js';
import { requireBelowLimit } from '../limits/object-limits.js';
import { createApiKeyText, hashSecret, prefixOf } from '../partner-auth/api-key-text.js';
import { refusalOfReach } from './credential-reach.js';
import { toApiKey } from './to-api-key.js';
import { writeWithinReach } from './write-within-reach.js';

/**
 * Creates a key with at most the rights of its creator, and for no longer. The key is in this answer and nowhere else; a key
 * of an earlier attempt with the same id, which nobody was told, is replaced. @throws AppError invalid, forbidden; conflict
 * `api_key.limit_reached`
 */
export async function createApiKey(
  scope: PartnerScope,
  input: z.output<typeof newApiKey>,
  id: string = uuidv7(),
): Promise<z.infer<typeof createdApiKey>> {
  const expiresAt = input.expires_at === null ? null : new Date(input.expires_at);
  if (expiresAt !== null && expiresAt <= new Date())
    throw invalidField('expires_at', 'Must be in the future');
  const { permissions, roles } = input;
  const key = createApiKeyText();
  return writeWithinReach(scope, { action: 'apiKeys.create', id: null }, async (tx, requireReach, reach) => {
    requireReach({ permissions, endsAt: reach.endsAt });
    // It is a field that can be corrected, and no right that is missing: the same rule, with the words of a field.
    if (refusalOfReach(reach, { permissions, endsAt: expiresAt }) !== null)
      throw invalidField(
        'expires_at',
        `Must not be later than ${reach.endsAt?.toISOString() ?? 'never'}, when the credential that asks ends`,
      );
    if (effectivePermissions(roles, permissions).length < new Set(permissions).size)
      throw invalidField('permissions', 'Must be allowed by one of the roles');
    await tx.apiKey.deleteMany({ where: { id, partnerId: scope.partnerId, lastUsedAt: null } });
    await requireBelowLimit(tx, 'apiKeys', scope.partnerId, () => tx.apiKey.count({ where: working(scope) }));
    const row = await tx.apiKey.create({
      data: {
        id,
        partnerId: scope.partnerId,
        name: input.name,
        prefix: prefixOf(key),
        keyHash: hashSecret(key),
        roles: [...new Set(roles)],
        permissions: [...new Set(permissions)],
        createdBy: scope.actor.label,
        expiresAt,
      },
    });
    await audit(tx, scope, { action: 'apiKeys.create', targetKind: 'api_key', targetId: row.id });
    return { ...toApiKey(row), key };
  });
}

/** Keys that work, without those that a rotation has replaced and that end by themselves. */
const working = ({ partnerId }: PartnerScope) => ({
  partnerId,
  revokedAt: null,
  replacedBy: null,
  OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }],
});
