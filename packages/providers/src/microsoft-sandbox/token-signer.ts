import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, jwtVerify, SignJWT, type JWK } from 'jose';

const LIFETIME_S = 3_599;

export interface AccessTokenClaims {
  readonly issuer: string;
  readonly audience: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly roles: readonly string[];
}

export interface VerifiedToken {
  readonly id: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly roles: readonly string[];
}

/** Signs and verifies access tokens with a key that lives as long as the process. */
export class TokenSigner {
  readonly #kid = randomUUID();
  #pair: ReturnType<typeof generateKeyPair> | null = null;

  constructor(private readonly now: () => Date) {}

  /** A token of the v1.0 form that Graph gets: roles only where there are any. */
  async sign(claims: AccessTokenClaims): Promise<{ accessToken: string; expiresIn: number }> {
    const { privateKey } = await this.#keys();
    const issuedAt = Math.floor(this.now().getTime() / 1_000);
    const body = {
      tid: claims.tenantId,
      appid: claims.clientId,
      idtyp: 'app',
      ver: '1.0',
      uti: randomUUID(),
    };
    const accessToken = await new SignJWT(claims.roles.length > 0 ? { ...body, roles: claims.roles } : body)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: this.#kid })
      .setIssuer(claims.issuer)
      .setAudience(claims.audience)
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt)
      .setExpirationTime(issuedAt + LIFETIME_S)
      .sign(privateKey);
    return { accessToken, expiresIn: LIFETIME_S };
  }

  /** Null where the token is not ours, was changed, or has ended. */
  async verify(accessToken: string, audience: string): Promise<VerifiedToken | null> {
    const { publicKey } = await this.#keys();
    try {
      const { payload } = await jwtVerify(accessToken, publicKey, {
        algorithms: ['RS256'],
        audience,
        currentDate: this.now(),
      });
      const { uti, tid, appid, roles } = payload;
      if (typeof uti !== 'string' || typeof tid !== 'string' || typeof appid !== 'string') return null;
      return {
        id: uti,
        tenantId: tid,
        clientId: appid,
        roles: Array.isArray(roles) ? roles.map(String) : [],
      };
    } catch {
      return null;
    }
  }

  /** The public half, for `jwks_uri`. */
  async publicKeys(): Promise<{ keys: JWK[] }> {
    const { publicKey } = await this.#keys();
    return { keys: [{ ...(await exportJWK(publicKey)), kid: this.#kid, use: 'sig', alg: 'RS256' }] };
  }

  #keys(): ReturnType<typeof generateKeyPair> {
    this.#pair ??= generateKeyPair('RS256');
    return this.#pair;
  }
}
