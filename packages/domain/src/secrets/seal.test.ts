import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { KeyRing } from './key-ring.js';
import { seal, SealError, unseal } from './seal.js';

const ring: KeyRing = [{ id: 'k1', key: randomBytes(32) }];
const place = { owner: 'w1', row: 'c1', field: 'client_secret' };

test('opens at its own place, and the ciphertext does not show the secret', async () => {
  const { ciphertext, keyId } = await seal(ring, place, 'very-secret');
  expect(keyId).toBe('k1');
  expect(ciphertext).not.toContain('very-secret');
  expect(await unseal(ring, place, ciphertext)).toBe('very-secret');
});

test.each([
  ['another workspace', { ...place, owner: 'w2' }],
  ['another row', { ...place, row: 'c2' }],
  ['another field', { ...place, field: 'private_key' }],
])('does not open for %s', async (_, elsewhere) => {
  const { ciphertext } = await seal(ring, place, 'very-secret');
  await expect(unseal(ring, elsewhere, ciphertext)).rejects.toThrow(SealError);
});

test('opens with an older key of the ring, and not with a foreign one', async () => {
  const { ciphertext } = await seal(ring, place, 'very-secret');
  expect(await unseal([{ id: 'k2', key: randomBytes(32) }, ...ring], place, ciphertext)).toBe('very-secret');
  await expect(unseal([{ id: 'k1', key: randomBytes(32) }], place, ciphertext)).rejects.toThrow(SealError);
});
