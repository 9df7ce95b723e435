import { CompactEncrypt, compactDecrypt } from 'jose';
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
  const [current] = ring;
  const ciphertext = await new CompactEncrypt(new TextEncoder().encode(plaintext))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: current.id, place: toBinding(place) })
    .encrypt(current.key);
  return { ciphertext, keyId: current.id };
}

/** Thrown where a stored secret cannot be opened: an unknown key, a changed or a moved ciphertext. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

/** Decrypts what {@link seal} made for the same place. @throws SealError */
export async function unseal(ring: KeyRing, place: Place, ciphertext: string): Promise<string> {
  try {
    const { plaintext, protectedHeader } = await compactDecrypt(
      ciphertext,
      (header) => {
        const found = ring.find((entry) => entry.id === header.kid);
        if (!found) throw new SealError('no key with this id');
        return found.key;
      },
      { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
    );
    if (protectedHeader['place'] !== toBinding(place)) throw new SealError('not sealed for this place');
    return new TextDecoder().decode(plaintext);
  } catch (error) {
    throw error instanceof SealError ? error : new SealError('cannot be opened');
  }
}
