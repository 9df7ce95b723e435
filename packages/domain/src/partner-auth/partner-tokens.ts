import { PARTNER_ROLES, PERMISSIONS, type PartnerRole, type Permission } from '@gangway/contract/permissions';
import { decodeProtectedHeader, jwtVerify, SignJWT, type JWK } from 'jose';
import { z } from 'zod';
import { AppError } from '../errors.js';
import { TOKEN_ALGORITHM, type AuthKeyRing } from './auth-key.js';
import type { TokenSubject } from './token-subject.js';
import { peekIssuer, verifyTrusted, type TrustedIssuer } from './trusted-issuer.js';

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
   * Null for whatever is no valid access token. A bad token causes no outbound call.
   * @throws AppError unavailable where the keys of a trusted issuer cannot be had
   */
  verify(token: string): Promise<TokenSubject | null>;
  /** The public keys, newest first: RFC 7517. */
  readonly jwks: { readonly keys: readonly JWK[] };
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
}): PartnerTokens {
  const { keys, issuer, audience, trustedIssuers = [] } = options;
  const [current] = keys;
  const verifyOwn = async (token: string): Promise<TokenSubject | null> => {
    const { kid } = decodeProtectedHeader(token);
    const key = keys.find((entry) => entry.kid === kid);
    if (!key) return null;
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
    async verify(token) {
      try {
        const header = decodeProtectedHeader(token);
        if (KEY_HEADERS.some((name) => name in header)) return null;
        const iss = peekIssuer(token);
        if (iss === issuer) return await verifyOwn(token);
        const trusted = trustedIssuers.find((entry) => entry.issuer === iss);
        return trusted ? await verifyTrusted(trusted, token) : null;
      } catch (error) {
        // Whether it is valid cannot be told right now: that is no 401, which would say to get another one.
        if (error instanceof AppError && error.refusal === 'unavailable') throw error;
        return null;
      }
    },
  };
}
