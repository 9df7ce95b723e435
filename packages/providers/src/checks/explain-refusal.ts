import type { GraphPermission } from '@gangway/contract/graph-permissions';
import { ProviderError } from '../errors.js';
import { endpointsOf } from '../microsoft/clouds.js';
import type { GraphSession } from '../microsoft/graph-session.js';
import type { CheckFacts, EarlierChecks } from '../port.js';
import { isYoung } from './await-propagation.js';
import { covers } from './covers.js';

/** After this long a consent has reached every part of Microsoft Graph. */
const SPREADING_MS = 30 * 60_000;

/** What is known about the permissions; null: nothing. */
export type Known = Pick<CheckFacts, 'grants' | 'tokenRoles'>;

export function knownFrom(earlier: EarlierChecks): Known {
  return {
    grants: earlier.granted_permissions?.facts.grants ?? null,
    tokenRoles: earlier.token_claims?.facts.tokenRoles ?? null,
  };
}

/**
 * What a failed read means, given what is known: a 403 may be a grant that is still spreading (worth waiting for), a
 * consent that was never given, a permission that is missing, or one that is there and does not work. Intune tells in
 * many ways that the tenant has none. Anything else comes back as it is.
 */
export function explainRefusal(
  session: GraphSession,
  known: Known,
  permission: GraphPermission,
  error: unknown,
): unknown {
  if (!(error instanceof ProviderError)) return error;
  const isIntune = permission === 'DeviceManagementConfiguration.Read.All';
  // The token is good elsewhere, so that what Intune does not accept is not the token.
  if (isIntune && error.evidence?.httpStatus === 401 && error.reasonCode === 'provider.unexpected_response')
    return new ProviderError('license.missing', error.evidence);
  if (error.reasonCode !== 'permission.missing') return error;
  const { config, target, tokens } = session;
  const grants = known.grants ?? [];
  const granted = grants.filter((grant) => covers([grant.permission], permission));
  // If the grants can be read and this one is not among them, nothing of it is on its way.
  const isAbsent =
    known.grants !== null &&
    !covers(
      grants.map((grant) => grant.permission),
      permission,
    );
  const grantedAt = isAbsent ? [] : [target.consentedAt, ...granted.map((grant) => grant.grantedAt)];
  const { propagation } = endpointsOf(target.cloud, config);
  const isSpreading = grantedAt.some((at) => isYoung(session, at, SPREADING_MS));
  if (isSpreading && session.attempt < propagation.consentAttempts) {
    // The next attempt shall ask with a token that knows more.
    tokens.forget(target);
    return new ProviderError('permission.propagating', error.evidence, propagation.consentPollMs);
  }
  const hasNothing = known.tokenRoles?.length === 0 && grants.length === 0;
  if (hasNothing) return new ProviderError('consent.missing', error.evidence);
  if (known.grants === null || isAbsent) return error;
  return new ProviderError(isIntune ? 'license.missing' : 'permission.ineffective', error.evidence);
}
