import { storedCredential, type Credential } from '@gangway/contract/connections';
import type { AppContext } from '../app-context.js';
import { unseal } from '../secrets/seal.js';
import { credentialPlace } from './seal-credential.js';

/** The stored credential in clear, for the provider client only; null where none is stored. @throws SealError */
export async function unsealCredential(
  app: Pick<AppContext, 'keys'>,
  row: { workspaceId: string; id: string; ciphertext: string | null },
): Promise<Credential | null> {
  if (row.ciphertext === null) return null;
  return storedCredential.parse(
    JSON.parse(await unseal(app.keys, credentialPlace(row.workspaceId, row.id), row.ciphertext)),
  );
}
