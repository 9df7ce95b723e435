import type {
  apiKey,
  apiKeyPatch,
  createdApiKey,
  rotateApiKey as rotation,
} from '@gangway/contract/provisioning/api-keys';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { AppError, notFound } from '../errors.js';
import { createApiKeyText, hashSecret, prefixOf } from '../partner-auth/api-key-text.js';
import { getApiKey } from './list-api-keys.js';
import { requireHeld } from './require-held.js';
import { toApiKey } from './to-api-key.js';

type KeyRef = { readonly id: string };
const HOUR_MS = 3_600_000;

/**
 * Renames a key: by its name it stands in the audit trail, so that a stronger one cannot be renamed.
 * @throws AppError not_found; forbidden where it holds more than the caller
 */
export async function updateApiKey(
  scope: PartnerScope,
  input: KeyRef & z.output<typeof apiKeyPatch>,
): Promise<z.infer<typeof apiKey>> {
  await requireHeldKey(scope, 'apiKeys.update', input);
  await scope.house.db.inTransaction(async (tx) => {
    const changed = await tx.apiKey.updateMany({
      where: own(scope, input.id),
      data: { name: input.name },
    });
    if (changed.count === 0) throw notFound();
    await audit(tx, scope, { action: 'apiKeys.update', targetKind: 'api_key', targetId: input.id });
  });
  return getApiKey(scope, input);
}

/**
 * Ends a key at once, also one that holds more than the caller: whoever sees a key in the wrong hands may pull the brake.
 * @throws AppError not_found
 */
export async function revokeApiKey(scope: PartnerScope, { id }: KeyRef): Promise<void> {
  await scope.house.db.inTransaction(async (tx) => {
    const changed = await tx.apiKey.updateMany({ where: own(scope, id), data: { revokedAt: new Date() } });
    if (changed.count === 0) throw notFound();
    await audit(tx, scope, { action: 'apiKeys.revoke', targetKind: 'api_key', targetId: id });
  });
}

/**
 * A new key with the same rights and the same end; the old one works on for the overlap, never longer than it would
 * have, and is rotated no more: its end is no longer that of its successors. What an earlier attempt with the same id did
 * is done: its key, which nobody was told, is made anew. @throws AppError not_found; forbidden where the key holds more
 * than the caller; conflict `api_key.replaced`, `api_key.expired`
 */
export async function rotateApiKey(
  scope: PartnerScope,
  input: KeyRef & z.output<typeof rotation>,
  newId: string = uuidv7(),
): Promise<z.infer<typeof createdApiKey>> {
  await requireHeldKey(scope, 'apiKeys.rotate', input);
  const key = createApiKeyText();
  const secret = { prefix: prefixOf(key), keyHash: hashSecret(key) };
  return scope.house.db.inTransaction(async (tx) => {
    // One rotation after the other: each has to see what the one before did.
    await tx.$queryRaw`
      SELECT id FROM api_keys WHERE id = ${input.id}::uuid AND partner_id = ${scope.partnerId}::uuid FOR NO KEY UPDATE`;
    const earlier = { id: newId, partnerId: scope.partnerId };
    const [made] = await tx.apiKey.updateManyAndReturn({ where: earlier, data: secret });
    if (made) return { ...toApiKey(made), key };
    const old = await tx.apiKey.findFirst({ where: own(scope, input.id) });
    if (!old) throw notFound();
    if (old.replacedBy !== null) throw new AppError('conflict', 'api_key.replaced');
    if (old.expiresAt !== null && old.expiresAt <= new Date())
      throw new AppError('conflict', 'api_key.expired');
    const overlapEnds = new Date(Date.now() + input.overlap_hours * HOUR_MS);
    const endsAt = old.expiresAt !== null && old.expiresAt < overlapEnds ? old.expiresAt : overlapEnds;
    await tx.apiKey.update({ where: { id: old.id }, data: { expiresAt: endsAt, replacedBy: newId } });
    const { partnerId, name, roles, permissions, expiresAt } = old;
    const rights = { partnerId, name, roles, permissions, expiresAt };
    const row = await tx.apiKey.create({
      data: { id: newId, ...rights, ...secret, createdBy: scope.actor.label },
    });
    await audit(tx, scope, {
      action: 'apiKeys.rotate',
      targetKind: 'api_key',
      targetId: old.id,
      data: { newKey: row.id },
    });
    return { ...toApiKey(row), key };
  });
}

/**
 * Before the transaction of the change, never in it: who is denied in one is put on record by a second connection, and as
 * many at once as there are connections would wait for each other. What a key holds never changes.
 */
async function requireHeldKey(scope: PartnerScope, action: string, { id }: KeyRef): Promise<void> {
  const key = await scope.house.db.prisma.apiKey.findFirst({ where: own(scope, id) });
  if (!key) throw notFound();
  await requireHeld(scope, action, key.permissions, id);
}

const own = ({ partnerId }: PartnerScope, id: string) => ({ id, partnerId, revokedAt: null });
