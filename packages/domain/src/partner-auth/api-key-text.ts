import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** How many characters of a key are kept in clear, for look-up and recognition. */
const PREFIX_LENGTH = 16;

/** A new API key: `gwk_` and 256 random bits. Only its prefix and its SHA-256 are stored. */
export function createApiKeyText(): string {
  return `gwk_${randomBytes(32).toString('base64url')}`;
}

export const isApiKeyText = (value: string): boolean => /^gwk_[\w-]{12,100}$/.test(value);
export const prefixOf = (key: string): string => key.slice(0, PREFIX_LENGTH);
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Compares with a stored {@link hashSecret} in constant time. */
export function matchesHash(secret: string, hash: string): boolean {
  const [left, right] = [Buffer.from(hashSecret(secret)), Buffer.from(hash)];
  return left.length === right.length && timingSafeEqual(left, right);
}
