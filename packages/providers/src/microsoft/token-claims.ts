import { decodeJwt } from 'jose';

export interface TokenClaims {
  readonly tenantId: string | null;
  readonly clientId: string | null;
  /** Application roles, sorted and without doubles. */
  readonly roles: readonly string[];
}

/**
 * What an access token says about itself; null where it cannot be read. For diagnosis only: the token is Graph's to
 * judge, so its signature is not ours to check.
 */
export function readTokenClaims(accessToken: string): TokenClaims | null {
  try {
    const claims = decodeJwt(accessToken);
    const roles = Array.isArray(claims['roles']) ? claims['roles'] : [];
    return {
      tenantId: text(claims['tid']),
      clientId: text(claims['appid']) ?? text(claims['azp']),
      roles: [
        ...new Set(
          roles.filter((role): role is string => typeof role === 'string' && /^[\w.-]{1,120}$/.test(role)),
        ),
      ].sort(),
    };
  } catch {
    return null;
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value.toLowerCase() : null);
