import { createToken, hashToken } from '../secrets/token.js';

/** How many characters of the cookie stay the same when it is rotated: 126 random bits. The rest, 130 bits, is new. */
const FAMILY_LENGTH = 21;
/** The length of what `createToken` makes. */
const TOKEN_LENGTH = 43;

/** What is known of a presented session cookie. By none of this alone can a session be entered. */
export interface SessionCredential {
  /** SHA-256 of the whole value: which of the session's values it is. */
  readonly tokenHash: Uint8Array<ArrayBuffer>;
  /** What all values of the session begin with, those included that were rotated away long ago. */
  readonly family: string;
  /** SHA-256 of `family`. */
  readonly familyHash: Uint8Array<ArrayBuffer>;
}

export interface SessionToken extends SessionCredential {
  /** The cookie's value. */
  readonly token: string;
}

/** The first value of a new session. */
export const createSessionToken = (): SessionToken => toSessionToken(createToken().token);

/** The next value of a session. */
export const renewSessionToken = (family: string): SessionToken =>
  toSessionToken(family + createToken().token.slice(FAMILY_LENGTH));

/** Reads a cookie's value; null if it cannot be one of ours. */
export function readSessionToken(value: string): SessionCredential | null {
  if (value.length !== TOKEN_LENGTH) return null;
  const { tokenHash, family, familyHash } = toSessionToken(value);
  return { tokenHash, family, familyHash };
}

function toSessionToken(token: string): SessionToken {
  const family = token.slice(0, FAMILY_LENGTH);
  return { token, tokenHash: hashToken(token), family, familyHash: hashToken(family) };
}
