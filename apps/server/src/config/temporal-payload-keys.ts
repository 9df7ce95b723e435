import { hkdfSync } from 'node:crypto';
import type { KeyRing } from '@gangway/domain/secrets/key-ring';
import type { PayloadKeys } from '@gangway/engine/temporal/options';

/**
 * The keys that encrypt Temporal's payloads, derived from ENCRYPTION_KEYS under the same ids: a ciphertext of a history says
 * nothing about one of a row, and a client that holds these keys cannot open what the database stores.
 */
export function deriveTemporalPayloadKeys(encryptionKeys: KeyRing): PayloadKeys {
  return encryptionKeys.map(({ id, key }) => ({
    kid: id,
    key: new Uint8Array(hkdfSync('sha256', key, '', 'gangway temporal payloads', 32)),
  }));
}

/** As ENCRYPTION_KEYS are written: `id:key,older:key`, each key 32 bytes as base64url. */
export function printTemporalPayloadKeys(keys: PayloadKeys): string {
  return keys.map(({ kid, key }) => `${kid}:${Buffer.from(key).toString('base64url')}`).join(',');
}
