import { createHash, randomBytes } from 'node:crypto';

/** A random value of 256 bits for a cookie or a mailed link, base64url. Only its hash is stored. */
export function createToken(): { token: string; hash: Uint8Array<ArrayBuffer> } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashToken(token) };
}

/** SHA-256 is enough for values of full entropy; passwords go through bcrypt. */
export function hashToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}
