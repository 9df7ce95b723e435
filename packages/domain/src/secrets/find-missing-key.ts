import { credentialPlace } from '../connections/seal-credential.js';
import type { House } from '../house.js';
import { SealError, unseal } from './seal.js';

interface Sealed {
  readonly key_id: string;
  readonly workspace_id: string;
  readonly provider_connection_id: string;
  readonly ciphertext: string;
}

/**
 * The id of a key that stored credentials were sealed with and the ring does not hold, or holds under the same name with
 * other contents; null where everything can be opened. Reads one credential per key.
 */
export async function findMissingKey({ db, keys }: Pick<House, 'db' | 'keys'>): Promise<string | null> {
  const newest = await db.prisma.$queryRaw<Sealed[]>`
    SELECT DISTINCT ON (key_id) key_id, workspace_id, provider_connection_id, ciphertext
      FROM provider_credentials ORDER BY key_id, added_at DESC`;
  for (const sealed of newest) {
    try {
      const place = credentialPlace(sealed.workspace_id, sealed.provider_connection_id);
      await unseal(keys, place, sealed.ciphertext);
    } catch (error) {
      if (error instanceof SealError) return sealed.key_id;
      throw error;
    }
  }
  return null;
}
