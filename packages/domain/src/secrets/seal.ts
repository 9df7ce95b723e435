import { CompactEncrypt, compactDecrypt, decodeProtectedHeader, type CompactDecryptResult } from 'jose';
import type { KeyRing } from './key-ring.js';

/** Where a secret stands. A ciphertext that was moved to another place does not open there. */
export interface Place {
  /** The workspace, tenant or partner that owns the row. */
  readonly owner: string;
  readonly row: string;
  readonly field: string;
}

const toBinding = (place: Place): string => `${place.owner}/${place.row}/${place.field}`;

/** Encrypts with the ring's first key: a compact JWE (RFC 7516), `dir` with A256GCM, bound to its place by the protected header. */
export async function seal(
  ring: KeyRing,
  place: Place,
  plaintext: string,
): Promise<{ ciphertext: string; keyId: string }> {
  const ciphertext = await encrypt(ring, toBinding(place), new TextEncoder().encode(plaintext));
  return { ciphertext, keyId: ring[0].id };
}

/** Seals what {@link seal} made anew with the ring's first key, for the same place; null where it has it already. @throws SealError */
export async function reseal(ring: KeyRing, ciphertext: string): Promise<string | null> {
  const { plaintext, protectedHeader } = await open(ring, ciphertext);
  if (protectedHeader.kid === ring[0].id) return null;
  return encrypt(ring, String(protectedHeader['place']), plaintext);
}

function encrypt([current]: KeyRing, place: string, plaintext: Uint8Array): Promise<string> {
  return new CompactEncrypt(plaintext)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: current.id, place })
    .encrypt(current.key);
}

/** Thrown where a stored secret cannot be opened: an unknown key, a changed or a moved ciphertext. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

/** Decrypts what {@link seal} made for the same place. @throws SealError */
export async function unseal(ring: KeyRing, place: Place, ciphertext: string): Promise<string> {
  const { plaintext, protectedHeader } = await open(ring, ciphertext);
  if (protectedHeader['place'] !== toBinding(place)) throw new SealError('not sealed for this place');
  return new TextDecoder().decode(plaintext);
}

/**
 * The id of the key that sealed this, where the ring does not hold it, or holds under the same name another; null where
 * it can be opened, and where it says of no key that it was.
 */
export async function findLackingKey(ring: KeyRing, ciphertext: string): Promise<string | null> {
  try {
    await open(ring, ciphertext);
    return null;
  } catch {
    return keyIdOf(ciphertext);
  }
}

function keyIdOf(ciphertext: string): string | null {
  try {
    return decodeProtectedHeader(ciphertext).kid ?? null;
  } catch {
    return null; // no JWE: no key opens it
  }
}

async function open(ring: KeyRing, ciphertext: string): Promise<CompactDecryptResult> {
  try {
    return await compactDecrypt(
      ciphertext,
      (header) => {
        const found = ring.find((entry) => entry.id === header.kid);
        if (!found) throw new SealError('no key with this id');
        return found.key;
      },
      { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
    );
  } catch (error) {
    throw error instanceof SealError ? error : new SealError('cannot be opened');
  }
}
