import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { z } from 'zod';

/** The one algorithm our own tokens are signed with. */
export const TOKEN_ALGORITHM = 'ES256';

const privateJwk = z.object({
  kid: z.string().regex(/^[\w.-]{1,64}$/),
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});
const jwkSet = z.object({ keys: z.array(privateJwk).min(1) });

/** A signing key of AUTH_KEYS. The first of the ring signs, all of them verify. */
export interface AuthKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** As /.well-known/jwks.json shows it: nothing private. */
  readonly publicJwk: JWK;
}

export type AuthKeyRing = readonly [AuthKey, ...AuthKey[]];

/** A new AUTH_KEYS value: a private JWK set (RFC 7517) with one P-256 key. Put a newer key in front to rotate. */
export async function generateAuthKeys(): Promise<string> {
  const { privateKey } = await generateKeyPair(TOKEN_ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = crypto.randomUUID().slice(0, 8);
  return JSON.stringify({ keys: [{ kid, ...jwk }] });
}

/** Reads AUTH_KEYS. @throws RangeError with one line that does not repeat the value */
export async function parseAuthKeys(text: string): Promise<AuthKeyRing> {
  const parsed = jwkSet.safeParse(toJson(text));
  if (!parsed.success)
    throw new RangeError('AUTH_KEYS must be a JWK set of private P-256 keys, each with a kid');
  const [first, ...rest] = await Promise.all(parsed.data.keys.map(toAuthKey));
  if (!first || new Set(parsed.data.keys.map((key) => key.kid)).size !== parsed.data.keys.length) {
    throw new RangeError('AUTH_KEYS must not name a kid twice');
  }
  return [first, ...rest];
}

async function toAuthKey({ kid, d, ...rest }: z.infer<typeof privateJwk>): Promise<AuthKey> {
  const publicJwk = { ...rest, kid, alg: TOKEN_ALGORITHM, use: 'sig' };
  const [privateKey, publicKey] = await Promise.all([
    importJWK({ ...rest, d }, TOKEN_ALGORITHM),
    importJWK(rest, TOKEN_ALGORITHM),
  ]).catch(() => {
    throw new RangeError(`AUTH_KEYS must hold key pairs of P-256; the one named ${kid} is none`);
  });
  if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array)
    throw new RangeError('AUTH_KEYS must hold key pairs');
  return { kid, privateKey, publicKey, publicJwk };
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
