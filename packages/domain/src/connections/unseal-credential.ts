import { storedCredential, type Credential } from '@gangway/contract/connections';
import type { House } from '../house.js';
import { unseal } from '../secrets/seal.js';
import { credentialPlace } from './seal-credential.js';

/** The stored credential in clear, for the provider client only; null where none is stored. @throws SealError */
export async function unsealCredential(
  house: Pick<House, 'keys'>,
  row: { workspaceId: string; id: string; ciphertext: string | null },
): Promise<Credential | null> {
  if (row.ciphertext === null) return null;
  return storedCredential.parse(
    JSON.parse(await unseal(house.keys, credentialPlace(row.workspaceId, row.id), row.ciphertext)),
  );
}
