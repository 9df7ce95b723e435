import type { KeyRing } from '../secrets/key-ring.js';
import { seal, unseal } from '../secrets/seal.js';

const placeOf = (tenantId: string, userId: string) => ({
  owner: tenantId,
  row: userId,
  field: 'temporary_password',
});

/** Encrypts a temporary password for its one place, the row of its user. */
export async function sealTemporaryPassword(
  keys: KeyRing,
  tenantId: string,
  userId: string,
  password: string,
): Promise<string> {
  return (await seal(keys, placeOf(tenantId, userId), password)).ciphertext;
}

/** @throws SealError */
export function openTemporaryPassword(
  keys: KeyRing,
  tenantId: string,
  userId: string,
  ciphertext: string,
): Promise<string> {
  return unseal(keys, placeOf(tenantId, userId), ciphertext);
}
