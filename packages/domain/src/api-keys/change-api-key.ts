import type {
  apiKey,
  apiKeyPatch,
  createdApiKey,
  rotateApiKey as rotation,
} from '@gangway/contract/provisioning/api-keys';
import type { ApiKey } from '@gangway/db/generated/client';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { writeAsPartner } from '../access/write-as-partner.js';
import { audit } from '../audit/audit.js';
import { AppError, notFound } from '../errors.js';
import { createApiKeyText, hashSecret, prefixOf } from '../partner-auth/api-key-text.js';
import { getApiKey } from './list-api-keys.js';
import { toApiKey } from './to-api-key.js';
import { writeWithinReach } from './write-within-reach.js';

type KeyRef = { readonly id: string };
const HOUR_MS = 3_600_000;

/**
 * Renames a key: by its name it is known in the audit trail, so a stronger one, or one that works longer, keeps its name.
 * @throws AppError not_found; forbidden above the reach of the caller
 */
export async function updateApiKey(
  scope: PartnerScope,
  input: KeyRef & z.output<typeof apiKeyPatch>,
): Promise<z.infer<typeof apiKey>> {
  await writeWithinReach(scope, { action: 'apiKeys.update', id: input.id }, async (tx, requireReach) => {
    const key = await tx.apiKey.findFirst({ where: own(scope, input.id) });
    if (!key) throw notFound();
    requireReach(toReach(key));
    await tx.apiKey.update({ where: { id: key.id }, data: { name: input.name } });
    await audit(tx, scope, { action: 'apiKeys.update', targetKind: 'api_key', targetId: input.id });
  });
  return getApiKey(scope, input);
}

/**
 * Ends a key at once, also one above the reach of the caller: whoever sees a key in the wrong hands may end it.
 * @throws AppError not_found
 */
export async function revokeApiKey(scope: PartnerScope, { id }: KeyRef): Promise<void> {
  await writeAsPartner(scope, async (tx) => {
    const changed = await tx.apiKey.updateMany({ where: own(scope, id), data: { revokedAt: new Date() } });
    if (changed.count === 0) throw notFound();
    await audit(tx, scope, { action: 'apiKeys.revoke', targetKind: 'api_key', targetId: id });
  });
}

/**
 * A new key with the same rights and the same end; the old one works on for the overlap, never longer than it would
 * have, and is rotated no more: its end is no longer that of its successors. What an earlier attempt with the same id did
 * is done: its key, which nobody was told, is made anew. @throws AppError not_found; forbidden where the key is above the
 * reach of the caller; conflict `api_key.replaced`, `api_key.expired`
 */
export async function rotateApiKey(
  scope: PartnerScope,
  input: KeyRef & z.output<typeof rotation>,
  newId: string = uuidv7(),
): Promise<z.infer<typeof createdApiKey>> {
  const key = createApiKeyText();
  const secret = { prefix: prefixOf(key), keyHash: hashSecret(key) };
  // One rotation after the other: each sees what the one before did, because the key is locked.
  return writeWithinReach(scope, { action: 'apiKeys.rotate', id: input.id }, async (tx, requireReach) => {
    const old = await tx.apiKey.findFirst({ where: own(scope, input.id) });
    if (!old) throw notFound();
    requireReach(toReach(old));
    const earlier = { id: newId, partnerId: scope.partnerId };
    const [made] = await tx.apiKey.updateManyAndReturn({ where: earlier, data: secret });
    if (made) return { ...toApiKey(made), key };
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

const toReach = ({ permissions, expiresAt }: ApiKey) => ({ permissions, endsAt: expiresAt });
const own = ({ partnerId }: PartnerScope, id: string) => ({ id, partnerId, revokedAt: null });
