import type { GraphPermission } from '@gangway/contract/graph-permissions';
import { ProviderError } from '../errors.js';
import { endpointsOf } from '../microsoft/clouds.js';
import type { CheckContext } from './row.js';
import { covers } from './covers.js';

/** After this long a consent has reached every part of Microsoft Graph. */
const SPREADING_MS = 30 * 60_000;

/**
 * What a 403 of Graph means, given what the rows before have learnt: a grant that is still spreading (worth waiting
 * for), a consent that was never given, or a permission that is missing. Any other error comes back as it is.
 */
export function explainRefusal(
  { session, earlier }: CheckContext,
  permission: GraphPermission,
  error: ProviderError,
): ProviderError {
  if (error.reasonCode !== 'permission.missing') return error;
  const { config, target, tokens } = session;
  const tokenRoles = earlier.token_claims?.facts.tokenRoles ?? [];
  const grants = earlier.granted_permissions?.facts.grants ?? [];
  const instants = [
    target.consentedAt,
    ...grants.filter((grant) => covers(grant.permission, permission)).map((grant) => grant.grantedAt),
  ];
  const isYoung = instants.some(
    (at) => at !== null && config.now().getTime() - Date.parse(at) < SPREADING_MS,
  );
  if (isYoung) {
    // The next attempt shall ask with a token that knows more.
    tokens.forget(target);
    return new ProviderError(
      'permission.propagating',
      error.evidence,
      endpointsOf(target.cloud, config).propagationPollMs,
    );
  }
  const hasNothing = tokenRoles.length === 0 && grants.length === 0;
  return hasNothing ? new ProviderError('consent.missing', error.evidence) : error;
}
