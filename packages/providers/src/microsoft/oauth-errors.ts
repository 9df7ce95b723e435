import type { ProviderReasonCode } from '@gangway/contract/reason-codes';
import { type Proof, rejectionOf } from './aadsts.js';

/** OAuth 2.0 `error` values (RFC 6749, and Entra's own) when no number is known. */
const OAUTH_ERRORS: ReadonlyMap<string, ProviderReasonCode> = new Map([
  ['unauthorized_client', 'app.not_in_tenant'],
  ['invalid_tenant', 'tenant.not_found'],
  ['consent_required', 'consent.missing'],
  ['interaction_required', 'policy.conditional_access'],
  ['invalid_resource', 'service.not_enabled'],
  ['invalid_request', 'request.invalid'],
  ['invalid_scope', 'request.invalid'],
  ['unsupported_grant_type', 'request.invalid'],
  ['temporarily_unavailable', 'provider.unavailable'],
  ['server_error', 'provider.unavailable'],
]);

/** What an OAuth error means for a request with this proof; null for one that is not known. */
export function reasonOfOAuthError(error: string, proof: Proof): ProviderReasonCode | null {
  return error === 'invalid_client' ? rejectionOf(proof) : (OAUTH_ERRORS.get(error) ?? null);
}
