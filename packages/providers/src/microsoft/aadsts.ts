import type { ProviderReasonCode } from '@gangway/contract/reason-codes';

/**
 * What Entra's error numbers hint at. The numbers are not a contract and may change, so callers fall back on the OAuth
 * `error`. Source: Microsoft Learn, "Microsoft Entra authentication and authorization error codes".
 */
const NUMBERS: Partial<Record<ProviderReasonCode, readonly number[]>> = {
  'tenant.not_found': [90002, 900023, 50128, 50059],
  'tenant.wrong_cloud': [90038, 900382, 900432, 90051],
  'tenant.mismatch': [700005],
  'tenant.access_restricted': [500021, 500022, 500212, 500213],
  'app.not_in_tenant': [700016, 7000229, 700011],
  'app.disabled': [7000112, 1000031],
  'app.not_multitenant': [50194],
  'credential.missing': [7000218],
  'credential.invalid': [7000215, 70002],
  'credential.expired': [7000222],
  'credential.certificate_rejected': [700027, 700030, 50012],
  'credential.assertion_time': [700024, 500133],
  'credential.federation_mismatch': [70021, 700213],
  'credential.type_not_allowed': [700025],
  'consent.missing': [65001, 90094, 90008, 650056],
  'consent.declined': [65004],
  'consent.needs_approver': [90095],
  'consent.redirect_mismatch': [50011],
  'policy.conditional_access': [53003, 530032, 530035],
  'service.not_enabled': [650052, 500011],
  'provider.throttled': [90055],
  'provider.unavailable': [90033, 90006, 90090, 90024, 50033, 90012],
  'request.invalid': [900144, 9002313, 70011, 9001023],
};

const REASON_OF: ReadonlyMap<number, ProviderReasonCode> = new Map(
  Object.entries(NUMBERS).flatMap(([code, numbers]) =>
    numbers.map((number): [number, ProviderReasonCode] => [number, code as ProviderReasonCode]),
  ),
);

/** OAuth 2.0 `error` values (RFC 6749, and Entra's own) when no number is known. */
const OAUTH_ERRORS: ReadonlyMap<string, ProviderReasonCode> = new Map([
  ['invalid_client', 'credential.invalid'],
  ['unauthorized_client', 'app.not_in_tenant'],
  ['invalid_tenant', 'tenant.not_found'],
  ['consent_required', 'consent.missing'],
  ['access_denied', 'consent.declined'],
  ['invalid_resource', 'service.not_enabled'],
  ['invalid_request', 'request.invalid'],
  ['invalid_scope', 'request.invalid'],
  ['unsupported_grant_type', 'request.invalid'],
  ['temporarily_unavailable', 'provider.unavailable'],
  ['server_error', 'provider.unavailable'],
]);

/** The error numbers that a description names, in its order. */
export function numbersIn(description: string): number[] {
  return [...description.matchAll(/AADSTS(\d{4,9})/g)].map((match) => Number(match[1]));
}

export function reasonOfAadsts(number: number): ProviderReasonCode | null {
  return REASON_OF.get(number) ?? null;
}

export function reasonOfOAuthError(error: string): ProviderReasonCode | null {
  return OAUTH_ERRORS.get(error) ?? null;
}
