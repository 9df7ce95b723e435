import { PARTNER_ROLES, permissionsOf, type Permission } from '@gangway/contract/permissions';
import { isUuid, term } from '@gangway/contract/text';
import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type JWTPayload,
} from 'jose';
import { AppError } from '../../errors.js';
import type { TokenSubject } from '../token-subject.js';
import type { TrustedIssuer } from '../trusted-issuer.js';
import { readClaim, toNames, toOnlyValue } from './read-claim.js';
import { TokenRefusedError, type TokenCheck } from './token-refused-error.js';

const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
/** `typ` of the header; without it the token is taken for a JWT. */
const TYPES = ['jwt', 'at+jwt', 'application/at+jwt'];

/** Stands in the audit trail as who acted: text that one can read, and tell from another. */
const subjectName = term(255).regex(/\S/);

/**
 * Verifies a token of a trusted issuer. Everything that can be seen without its keys comes first: only a token that would
 * be good with a good signature makes us look for its key.
 * @throws TokenRefusedError with the check that it fails; AppError unavailable where the keys cannot be had
 */
export async function verifyTrusted(issuer: TrustedIssuer, token: string): Promise<TokenSubject> {
  const { alg, typ, kid } = decodeProtectedHeader(token);
  requireThat(
    ALGORITHMS.includes(alg ?? ''),
    'algorithm',
    `alg is ${alg ?? 'missing'}, not one of ${ALGORITHMS.join(', ')}`,
  );
  requireThat(
    typ === undefined || TYPES.includes(typ.toLowerCase()),
    'type',
    `typ is ${typ ?? ''}, not JWT or at+jwt`,
  );
  const peeked = decodeJwt(token);
  const audiences = [peeked.aud ?? []].flat();
  requireThat(
    audiences.includes(issuer.audience),
    'audience',
    `aud is ${JSON.stringify(audiences)}, without ${issuer.audience}`,
  );
  requireThat(
    typeof peeked.exp === 'number' && peeked.exp * 1000 > Date.now(),
    'expiry',
    'It has expired, or has no exp',
  );
  const loaded = await issuer.keys.load(kid).catch((cause: unknown) => {
    throw Object.assign(new AppError('unavailable', 'auth.issuer_unavailable', { retryAfter: 10 }), {
      cause,
    });
  });
  const { payload } = await jwtVerify(token, createLocalJWKSet(loaded), {
    algorithms: ALGORITHMS,
    issuer: issuer.issuer,
    audience: issuer.audience,
    requiredClaims: ['sub', 'iat', 'exp'],
  }).catch((error: unknown) => {
    throw toRefusal(error);
  });
  return toSubject(issuer, payload);
}

function toSubject(issuer: TrustedIssuer, payload: JWTPayload): TokenSubject {
  // A refresh or ID token says so in one of these claims, depending on who made it.
  for (const name of ['token_use', 'typ']) {
    const value = payload[name];
    requireThat(
      !(typeof value === 'string' && /refresh|offline|id/i.test(value)),
      'kind',
      `${name} says that it is no access token`,
    );
  }
  const userType = payload['user_type'];
  requireThat(
    userType === undefined || (typeof userType === 'string' && issuer.userTypes.includes(userType)),
    'user_type',
    `user_type is none of ${issuer.userTypes.join(', ')}`,
  );
  const subject = subjectName.safeParse(payload.sub);
  if (!subject.success)
    throw new TokenRefusedError('subject', 'sub is not readable text of up to 255 characters');
  const names = toNames(readClaim(payload, issuer.roleClaim));
  const roles = PARTNER_ROLES.filter((role) => names.includes(role));
  return {
    kind: 'external',
    expiresAt: new Date((payload.exp ?? 0) * 1000),
    issuer: issuer.issuer,
    subject: subject.data,
    partnerId: toPartnerId(issuer, readClaim(payload, issuer.partnerClaim)),
    roles,
    permissions: toPermissions(permissionsOf(roles), readClaim(payload, issuer.permissionClaim)),
  };
}

function toPartnerId({ partnerClaim, partnerMap, partners }: TrustedIssuer, claim: unknown): string {
  const claimed = toOnlyValue(claim);
  if (claimed === null)
    throw new TokenRefusedError('partner', `${partnerClaim} is missing, or holds several values`);
  const mapped = partnerMap
    ? Object.hasOwn(partnerMap, claimed)
      ? partnerMap[claimed]
      : undefined
    : claimed;
  if (mapped === undefined) throw new TokenRefusedError('partner', `partnerMap has no entry for ${claimed}`);
  requireThat(
    isUuid(mapped),
    'partner',
    `${partnerClaim} is ${mapped}, which is no partner's id: map it by partnerMap`,
  );
  const partnerId = mapped.toLowerCase();
  requireThat(!partners || partners.includes(partnerId), 'partner', `partners does not list ${partnerId}`);
  return partnerId;
}

/** What the roles come to. The token may name less, and with names that nobody here knows it has none. */
function toPermissions(all: readonly Permission[], claimed: unknown): readonly Permission[] {
  if (claimed === undefined || claimed === null) return all;
  const names = toNames(claimed);
  return all.filter((permission) => names.includes(permission));
}

function toRefusal(error: unknown): TokenRefusedError {
  const cause = { cause: error };
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return new TokenRefusedError('key', 'No key of jwksUrl, or no single one, fits kid and alg', cause);
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return new TokenRefusedError('signature', 'It is not signed by the key that it names', cause);
  if (error instanceof errors.JWTExpired) return new TokenRefusedError('expiry', 'It has expired', cause);
  if (error instanceof errors.JWTClaimValidationFailed)
    return new TokenRefusedError('claims', `${error.claim} is ${error.reason}`, cause);
  return new TokenRefusedError('format', 'It cannot be read', cause);
}

function requireThat(condition: boolean, check: TokenCheck, message: string): asserts condition {
  if (!condition) throw new TokenRefusedError(check, message);
}
