import {
  type GraphPermission,
  OPTIONAL_PERMISSIONS,
  REQUIRED_PERMISSIONS,
} from '@gangway/contract/graph-permissions';
import type { ProviderReasonCode } from '@gangway/contract/reason-codes';

/** A refusal of the token endpoint: the OAuth error with Entra's number. */
export interface TokenRefusal {
  readonly error: string;
  readonly aadsts: number;
  /** The name of the Conditional Access policy that refuses. */
  readonly policy?: string;
}

/** How the consent page of a directory ends, whatever is answered on it. */
export interface ConsentRefusal {
  readonly error: string;
  readonly aadsts?: number;
  readonly subcode?: string;
}

/** What is out of the ordinary in a directory. Everything absent is as it should be. */
export interface Scenario {
  readonly discovery?: 'unknown' | 'other_cloud';
  readonly tokenRefusal?: TokenRefusal;
  /** A policy that is switched on once the policies of the directory have been read. */
  readonly laterRefusal?: TokenRefusal;
  readonly tokenOf?: 'other_tenant';
  readonly tokenEndpoint?: 'hangs' | 'resets';
  readonly graph?: 'throttled' | 'unavailable' | 'html';
  /** Answers each call after two seconds, or every third one with 503. */
  readonly every?: 'slow' | 'flaky';
  /** Its domain is a tenant of another cloud as well. */
  readonly isInTwoClouds?: true;
  readonly granted?: readonly GraphPermission[];
  readonly delegated?: readonly GraphPermission[];
  /** Granted a moment ago: refused at first. */
  readonly spreading?: GraphPermission;
  /** Granted long ago and in the token, and refused all the same. */
  readonly ineffective?: GraphPermission;
  /** Roles granted beyond those of {@link granted}, by id. */
  readonly excessRoleIds?: readonly string[];
  /** The credential was made a moment ago: refused at first. */
  readonly isCredentialSpreading?: true;
  /** Who has switched the application off. */
  readonly disabledBy?: 'owner' | 'microsoft';
  readonly consentRefusal?: ConsentRefusal;
  readonly hasIntune?: false;
  readonly credentialDaysLeft?: number;
  /** Consent given on the consent page makes the directory a healthy one. */
  readonly fixedByConsent?: true;
  /** When that was. */
  readonly consentedAt?: Date;
}

export const ALL_GRANTED: readonly GraphPermission[] = [...REQUIRED_PERMISSIONS, ...OPTIONAL_PERMISSIONS];
const withoutPolicies = ALL_GRANTED.filter((name) => name !== 'Policy.Read.All');
const refused = (error: string, aadsts: number): Scenario => ({ tokenRefusal: { error, aadsts } });

const BLOCKED: TokenRefusal = {
  error: 'invalid_grant',
  aadsts: 53003,
  policy: 'Block sign-in from unknown countries',
};

/** One directory for each reason that Microsoft can cause, exhaustive by type. */
const BY_REASON: Record<Exclude<ProviderReasonCode, 'credential.unusable'>, Scenario> = {
  'tenant.not_found': { discovery: 'unknown' },
  'tenant.wrong_cloud': { discovery: 'other_cloud' },
  'tenant.mismatch': { tokenOf: 'other_tenant' },
  'tenant.access_restricted': refused('access_denied', 500213),
  'tenant.inactive': refused('access_denied', 5000225),
  'tenant.blocked': refused('access_denied', 5000224),
  'tenant.unmanaged': refused('invalid_client', 650051),
  'app.not_in_tenant': { ...refused('unauthorized_client', 700016), fixedByConsent: true },
  'app.disabled': refused('unauthorized_client', 7000112),
  'app.deactivated': { disabledBy: 'owner' },
  'app.disabled_by_microsoft': { disabledBy: 'microsoft' },
  'app.not_multitenant': refused('invalid_request', 50194),
  'credential.missing': refused('invalid_client', 7000218),
  'credential.invalid': refused('invalid_client', 7000215),
  'credential.expired': refused('invalid_client', 7000222),
  'credential.expiring': { credentialDaysLeft: 12 },
  'credential.propagating': { isCredentialSpreading: true },
  'credential.certificate_rejected': refused('invalid_client', 700027),
  'credential.assertion_time': refused('invalid_client', 700024),
  'credential.federation_mismatch': refused('invalid_request', 700213),
  'credential.type_not_allowed': refused('invalid_client', 700025),
  'consent.missing': { granted: [], fixedByConsent: true },
  'consent.declined': refused('access_denied', 65004),
  'consent.cancelled': { granted: [], consentRefusal: { error: 'access_denied', subcode: 'cancel' } },
  'consent.wrong_account': {
    ...refused('invalid_grant', 50020),
    consentRefusal: { error: 'access_denied', aadsts: 50020 },
  },
  'consent.needs_approver': refused('access_denied', 90095),
  'consent.redirect_mismatch': refused('invalid_request', 50011),
  'permission.missing': { granted: withoutPolicies, fixedByConsent: true },
  // Reading delegated grants takes Directory.Read.All, which does not cover policies.
  'permission.delegated_only': {
    granted: [...withoutPolicies, 'Directory.Read.All'],
    delegated: ['Policy.Read.All'],
    fixedByConsent: true,
  },
  'permission.propagating': { spreading: 'Policy.Read.All' },
  'permission.ineffective': { ineffective: 'Policy.Read.All' },
  // Consent replaces what was granted, as Microsoft documents that it may.
  'permission.revoked': { granted: [...withoutPolicies, 'Directory.Read.All'], fixedByConsent: true },
  // Directory.ReadWrite.All, and a role that no version of this product has heard of.
  'permission.excessive': {
    excessRoleIds: ['19dbc75e-c2e2-444c-a770-ec69d8559fc7', 'f0e1d2c3-b4a5-4968-8776-655443322110'],
  },
  'policy.conditional_access': { tokenRefusal: BLOCKED },
  'service.not_enabled': refused('invalid_client', 650052),
  'license.missing': { hasIntune: false },
  'provider.throttled': { graph: 'throttled' },
  'provider.unavailable': { graph: 'unavailable' },
  'network.timeout': { tokenEndpoint: 'hangs' },
  'network.unreachable': { tokenEndpoint: 'resets' },
  'provider.unexpected_response': { graph: 'html' },
  'request.invalid': refused('invalid_request', 900144),
};

/** By the first label of the directory's domain. */
export const SCENARIOS: ReadonlyMap<string, Scenario> = new Map<string, Scenario>([
  ['healthy', {}],
  ['slow', { every: 'slow' }],
  ['flaky', { every: 'flaky' }],
  ['two-clouds', { isInTwoClouds: true }],
  ['policy-switched-on', { laterRefusal: BLOCKED }],
  ...Object.entries(BY_REASON).map(([code, scenario]): [string, Scenario] => [scenarioName(code), scenario]),
]);

/** `consent.missing` -> `consent-missing`: a reason code as a label of a domain. */
export function scenarioName(code: string): string {
  return code.replaceAll(/[._]/g, '-');
}
