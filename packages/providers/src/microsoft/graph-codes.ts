import type { ProviderReasonCode } from '@gangway/contract/reason-codes';

/** A page token that has become too old: the read has to start again. */
export const EXPIRED_PAGE_TOKEN = 'Directory_ExpiredPageToken';

/** Error codes of Graph whose meaning does not depend on the status. Sources: Graph's error pages and public threads. */
const REASON_OF: ReadonlyMap<string, ProviderReasonCode> = new Map([
  ['Authorization_RequestDenied', 'permission.missing'],
  ['NoPermissionsInAccessToken', 'permission.missing'],
  ['Authentication_RequestFromUnsupportedUserRole', 'permission.missing'],
  ['Authorization_IdentityNotFound', 'app.not_in_tenant'],
  ['Authorization_IdentityDisabled', 'app.disabled'],
  ['InvalidCloudInstance', 'tenant.wrong_cloud'],
  ['Authentication_RequestFromNonPremiumTenantOrB2CTenant', 'license.missing'],
  ['Authentication_RequestFromNonPremiumTenant', 'license.missing'],
  ['AadPremiumLicenseRequired', 'license.missing'],
  ['PimLicenseRequired', 'license.missing'],
  ['Directory_ReplicaUnavailable', 'provider.unavailable'],
  ['activityLimitReached', 'provider.throttled'],
  ['throttledRequest', 'provider.throttled'],
  ['TooManyRequests', 'provider.throttled'],
  [EXPIRED_PAGE_TOKEN, 'request.invalid'],
]);

/** The innermost code that is known, with its reason; null where none is. */
export function findKnownCode(
  codes: readonly string[],
): { readonly code: string; readonly reasonCode: ProviderReasonCode } | null {
  for (const code of codes) {
    const reasonCode = REASON_OF.get(code);
    if (reasonCode) return { code, reasonCode };
  }
  return null;
}
