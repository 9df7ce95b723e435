import { PARTNER_ROLES, PERMISSIONS, type PartnerRole, type Permission } from '@gangway/contract/permissions';
import { decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT, type JWK } from 'jose';
import { z } from 'zod';
import { AppError } from '../errors.js';
import { TOKEN_ALGORITHM, type AuthKeyRing } from './auth-key.js';
import type { TokenSubject } from './token-subject.js';
import type { TrustedIssuer } from './trusted-issuer.js';
import { TokenRefusedError, type TokenCheck } from './trusted/token-refused-error.js';
import { verifyTrusted } from './trusted/verify-trusted.js';

/** Seconds. Short, because a copied token is good until it ends; rights are re-read at every use all the same. */
export const TOKEN_LIFETIME = 900;
/** RFC 9068: an access token, and no other kind of JWT. */
const TOKEN_TYPE = 'at+jwt';

export interface PartnerTokens {
  issue(client: {
    clientId: string;
    partnerId: string;
    roles: readonly PartnerRole[];
    permissions: readonly Permission[];
  }): Promise<string>;
  /**
   * Null for whatever is no valid access token. A bad token of an issuer that is not trusted causes no outbound call.
   * @throws AppError unavailable where the keys of a trusted issuer cannot be had
   */
  verify(token: string): Promise<TokenSubject | null>;
  /** As {@link verify}, for whoever wants to know why not. @throws TokenRefusedError, AppError unavailable */
  examine(token: string): Promise<TokenSubject>;
  /** The public keys, newest first: RFC 7517. */
  readonly jwks: { readonly keys: readonly JWK[] };
}

export interface RefusedToken {
  /** Of which trusted issuer; null for a token of nobody who is trusted: what it calls itself is not repeated. */
  readonly issuer: string | null;
  readonly check: TokenCheck;
}

const claims = z.object({
  sub: z.string().min(1),
  jti: z.string().min(1),
  exp: z.number(),
  roles: z.array(z.enum(PARTNER_ROLES)),
  permissions: z.array(z.enum(PERMISSIONS)),
});
// What would let a token choose its own key.
const KEY_HEADERS = ['jwk', 'jku', 'x5u', 'x5c', 'crit'] as const;

/** Tokens signed by the ring's first key, and the tokens of issuers that are trusted beside us. */
export function createPartnerTokens(options: {
  keys: AuthKeyRing;
  issuer: string;
  audience: string;
  trustedIssuers?: readonly TrustedIssuer[];
  /** Told of tokens that are refused, unless they say they are our own: those end every quarter of an hour. */
  onRefused?: (refused: RefusedToken) => void;
}): PartnerTokens {
  const { keys, issuer, audience, trustedIssuers = [], onRefused = () => undefined } = options;
  const [current] = keys;
  const verifyOwn = async (token: string): Promise<TokenSubject> => {
    const { kid } = decodeProtectedHeader(token);
    const key = keys.find((entry) => entry.kid === kid);
    if (!key) throw new TokenRefusedError('key', 'AUTH_KEYS has no key of its kid');
    const { payload } = await jwtVerify(token, key.publicKey, {
      algorithms: [TOKEN_ALGORITHM],
      issuer,
      audience,
      typ: TOKEN_TYPE,
      requiredClaims: ['sub', 'iat', 'exp', 'jti'],
    });
    const { sub, exp, roles, permissions } = claims.parse(payload);
    return { kind: 'client', clientId: sub, expiresAt: new Date(exp * 1000), roles, permissions };
  };
  const examine = async (token: string): Promise<TokenSubject> => {
    const iss = readIssuer(token);
    if (iss === issuer)
      return verifyOwn(token).catch((cause: unknown) => {
        if (cause instanceof TokenRefusedError) throw cause;
        throw new TokenRefusedError('signature', 'It has ended, or is none that was issued here', { cause });
      });
    const trusted = trustedIssuers.find((entry) => entry.issuer === iss);
    if (!trusted)
      throw new TokenRefusedError(
        'issuer',
        `iss is ${iss ?? 'missing'}: TRUSTED_ISSUERS has no such issuer, to the letter`,
      );
    return verifyTrusted(trusted, token);
  };
  return {
    jwks: { keys: keys.map((key) => key.publicJwk) },
    issue: ({ clientId, partnerId, roles, permissions }) =>
      new SignJWT({ roles, permissions, partner: partnerId })
        .setProtectedHeader({ alg: TOKEN_ALGORITHM, typ: TOKEN_TYPE, kid: current.kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(clientId)
        .setIssuedAt()
        .setExpirationTime(`${TOKEN_LIFETIME}s`)
        .setJti(crypto.randomUUID())
        .sign(current.privateKey),
    examine,
    async verify(token) {
      try {
        return await examine(token);
      } catch (error) {
        // Whether it is valid cannot be told right now: that is no 401, which would say to get another one.
        if (error instanceof AppError && error.refusal === 'unavailable') throw error;
        const iss = toIssuer(token);
        if (error instanceof TokenRefusedError && iss !== issuer)
          onRefused({
            issuer: trustedIssuers.find((entry) => entry.issuer === iss)?.issuer ?? null,
            check: error.check,
          });
        return null;
      }
    },
  };
}

/** The issuer that a token names for itself: only to choose the keys, nothing is believed yet. @throws TokenRefusedError */
function readIssuer(token: string): string | undefined {
  if (token.split('.').length === 5)
    throw new TokenRefusedError(
      'encryption',
      'It is encrypted (JWE): nobody but its maker can read it. Sign it instead',
    );
  let header: object;
  let iss: string | undefined;
  try {
    header = decodeProtectedHeader(token);
    ({ iss } = decodeJwt(token));
  } catch (cause) {
    throw new TokenRefusedError('format', 'It is no JWT', { cause });
  }
  const chosen = KEY_HEADERS.filter((name) => name in header);
  if (chosen.length > 0) throw new TokenRefusedError('header', `Its header names ${chosen.join(', ')}`);
  return iss;
}

function toIssuer(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
