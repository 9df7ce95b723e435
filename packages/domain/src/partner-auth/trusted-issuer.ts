import {
  PARTNER_ROLES,
  permissionsOf,
  type PartnerRole,
  type Permission,
} from '@gangway/contract/permissions';
import { isUuid, term, uuid } from '@gangway/contract/text';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { AppError } from '../errors.js';
import type { TokenSubject } from './token-subject.js';

const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const KEYS_LIFETIME_MS = 10 * 60_000;

const settings = z.array(
  z.strictObject({
    jwksUrl: z.url({ protocol: /^https?$/ }),
    issuer: z.string().min(1),
    audience: z.string().min(1),
    /** The claim that holds one role or several. */
    roleClaim: z.string().min(1).default('roles'),
    /** The claim that holds the partner's id: `tenant` in the tokens the source documents describe. */
    partnerClaim: z.string().min(1).default('tenant'),
    /** The ids of the partners that it speaks for; without it, of any partner. */
    partners: z.array(uuid).min(1).optional(),
    /** The kinds of user that count, where the tokens tell them. */
    userTypes: z.array(z.string()).default(['internal', 'partner']),
  }),
);

export type TrustedIssuer = z.infer<typeof settings>[number] & {
  readonly loadKeys: () => Promise<JSONWebKeySet>;
};

/** Stands in the audit trail as who acted: text that one can read, and tell from another. */
const subjectName = term(255).regex(/\S/);
const jwks = z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(50) });

/** Reads TRUSTED_ISSUERS: a JSON array. @throws RangeError with one line that does not repeat the value */
export function parseTrustedIssuers(text: string | undefined): TrustedIssuer[] {
  if (text === undefined || text.trim() === '') return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  const parsed = settings.safeParse(value);
  if (!parsed.success) throw new RangeError(describeProblem(parsed.error));
  return parsed.data.map((entry) => ({ ...entry, loadKeys: cachedKeys(entry.jwksUrl) }));
}

/** Names the field that is wrong, or unknown: its name is no secret, its value may be. */
function describeProblem(error: z.ZodError): string {
  const names = new Set(
    error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys : issue.path.filter((part) => typeof part === 'string'),
    ),
  );
  const shape = '{jwksUrl, issuer, audience, roleClaim?, partnerClaim?, partners?, userTypes?}';
  const which = names.size > 0 ? `; look at ${[...names].join(', ')}` : '';
  return `TRUSTED_ISSUERS must be a JSON array of ${shape}${which}`;
}

/** The issuer a token names for itself: only to choose the keys, nothing is believed yet. */
export function peekIssuer(token: string): string | undefined {
  return decodeJwt(token).iss;
}

/**
 * Verifies a token of a trusted issuer. Everything that can be seen without its keys is looked at first, and the keys
 * are fetched by age only: an unknown `kid` never causes a fetch. @throws AppError unavailable where the keys cannot be had,
 * and anything else where it is not valid
 */
export async function verifyTrusted(issuer: TrustedIssuer, token: string): Promise<TokenSubject | null> {
  const { alg, typ } = decodeProtectedHeader(token);
  const peeked = decodeJwt(token);
  const audiences = [peeked.aud ?? []].flat();
  const isWorthAFetch =
    ALGORITHMS.includes(alg ?? '') &&
    ['jwt', 'at+jwt', undefined].includes(typ?.toLowerCase()) &&
    audiences.includes(issuer.audience) &&
    (peeked.exp ?? 0) * 1000 > Date.now();
  if (!isWorthAFetch) return null;
  const loaded = await issuer.loadKeys().catch((cause: unknown) => {
    throw Object.assign(new AppError('unavailable', 'auth.issuer_unavailable', { retryAfter: 10 }), {
      cause,
    });
  });
  const keys = createLocalJWKSet(loaded);
  const { payload } = await jwtVerify(token, keys, {
    algorithms: ALGORITHMS,
    issuer: issuer.issuer,
    audience: issuer.audience,
    requiredClaims: ['sub', 'iat', 'exp', 'jti'],
  });
  // A refresh token says so in one of these claims, depending on who made it.
  if (
    [payload['token_use'], payload['typ']].some(
      (value) => typeof value === 'string' && /refresh|id/i.test(value),
    )
  )
    return null;
  const userType = payload['user_type'];
  if (userType !== undefined && !(typeof userType === 'string' && issuer.userTypes.includes(userType)))
    return null;
  const claimed = payload[issuer.partnerClaim];
  if (typeof claimed !== 'string' || !isUuid(claimed)) return null;
  const partnerId = claimed.toLowerCase();
  if (issuer.partners && !issuer.partners.includes(partnerId)) return null;
  const subject = subjectName.safeParse(payload.sub);
  if (!subject.success) return null;
  const roles = toRoles(payload[issuer.roleClaim]);
  return {
    kind: 'external',
    expiresAt: new Date((payload.exp ?? 0) * 1000),
    issuer: issuer.issuer,
    subject: subject.data,
    partnerId,
    roles,
    permissions: toPermissions(roles, payload['permissions']),
  };
}

/** What the roles come to. The token may name less, and with names that nobody here knows it has none. */
function toPermissions(roles: readonly PartnerRole[], claimed: unknown): readonly Permission[] {
  const all = permissionsOf(roles);
  if (claimed === undefined || claimed === null) return all;
  const names: unknown[] = [claimed].flat();
  return all.filter((permission) => names.includes(permission));
}

/** Roles stand as names, or as objects with a name (`role_name` in the documents' tokens). */
function toRoles(value: unknown): PartnerRole[] {
  const names = [value ?? []].flat().map((role: unknown) => {
    if (typeof role === 'object' && role !== null)
      return 'role_name' in role ? role.role_name : 'name' in role ? role.name : null;
    return role;
  });
  return PARTNER_ROLES.filter((role) => names.includes(role));
}

function cachedKeys(url: string): () => Promise<JSONWebKeySet> {
  let fetchedAt = 0;
  let keys: Promise<JSONWebKeySet> | null = null;
  return () => {
    if (keys === null || Date.now() - fetchedAt > KEYS_LIFETIME_MS) {
      fetchedAt = Date.now();
      keys = fetchKeys(url);
      // Failed: the next token may try again, after a pause that keeps bad times cheap.
      keys.catch(() => (fetchedAt = Date.now() - KEYS_LIFETIME_MS + 10_000));
    }
    return keys;
  };
}

async function fetchKeys(url: string): Promise<JSONWebKeySet> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`The key set answered ${response.status}`);
  return jwks.parse(await response.json());
}
