/**
 * The provider as the rest of the product sees it. Everything returned here may be journaled: no credential, no token
 * and no text written by the provider is ever part of it.
 */
import type { Cloud } from '@gangway/contract/clouds';
import type { Credential } from '@gangway/contract/connections';
import type { BootstrapType } from '@gangway/contract/operation-types';
import type { Check, CheckKey, Evidence, PermissionRow } from '@gangway/contract/operations';
import type { ProviderReasonCode } from '@gangway/contract/reason-codes';
import type { SnapshotData } from '@gangway/contract/snapshots';

/** What a connection points at. Lives in memory only, because of the credential. Instants are ISO 8601. */
export interface ProviderTarget {
  readonly entraTenantId: string;
  readonly cloud: Cloud;
  readonly clientId: string;
  /** The domain entered when the tenant was identified. */
  readonly domain: string | null;
  /** Decrypted; null where none is stored. */
  readonly credential: Credential | null;
  /** Known end of the credential. */
  readonly expiresAt: string | null;
  /** Roles that the verification before this one found granted, by name or id; null or absent: none that is known. */
  readonly grantsBefore?: readonly string[] | null;
  /** When the credential was stored; a young one may still be spreading. */
  readonly credentialAddedAt?: string | null;
  /** When admin consent was last seen to come back; a young consent may still be spreading. */
  readonly consentedAt: string | null;
}

export interface DiscoveredTenant {
  readonly entraTenantId: string;
  readonly cloud: Cloud;
  /** Null where the tenant was asked for by its id. */
  readonly domain: string | null;
  /** All that go by this name, this one included, where there are several: somebody has to choose. */
  readonly choices?: readonly TenantChoice[];
}

/** A tenant is its id and its cloud: the same id may exist in two clouds. */
export interface TenantChoice {
  readonly entraTenantId: string;
  readonly cloud: Cloud;
}

/** What later rows of a verification build on; null: this row says nothing about it. A type alias, so that it is Json. */
export type CheckFacts = {
  /** Application roles in the token, sorted. */
  readonly tokenRoles: readonly string[] | null;
  readonly servicePrincipalId: string | null;
  /**
   * Application roles of Microsoft Graph granted to the service principal, with the instant of the grant where it is
   * known: by name, or by id where this version does not know the role.
   */
  readonly grants: readonly { readonly permission: string; readonly grantedAt: string | null }[] | null;
  /** End of the credential as the directory knows it. */
  readonly credentialExpiresAt: string | null;
};

/** One row of the report. `permissions` is the truth table as far as it is known after this row. */
export type CheckResult = {
  readonly check: Check;
  readonly facts: CheckFacts;
  readonly permissions: readonly PermissionRow[] | null;
};

/** Results of the rows before, as they were journaled. */
export type EarlierChecks = { readonly [key in CheckKey]?: CheckResult };

/** Rows read so far, and how many there will be where the provider says so. */
export type OnProgress = (readSoFar: number, total: number | null) => void;

export interface ConsentRequest {
  readonly cloud: Cloud;
  readonly entraTenantId: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string;
}

/** What came back from the consent page. Nothing of it is proof: whoever holds the address can write anything into it. */
export interface ConsentReturn {
  /** Empty where there is none. */
  readonly state: string;
  /** The tenant it claims to be about, in lower case; null where it names none by id. */
  readonly entraTenantId: string | null;
  /** Why there is no consent; null where it claims one. */
  readonly reasonCode: ProviderReasonCode | null;
  /** What the refusal names to look it up by at Microsoft; null where there is none. */
  readonly evidence: Evidence | null;
}

export interface MicrosoftProvider {
  /**
   * Finds the tenant behind a domain or tenant id, without a credential: in the sandbox if that is switched on and
   * knows it, else by asking the authorities of all clouds.
   * @throws ProviderError `tenant.not_found`, `tenant.wrong_cloud` for a cloud this version does not know, `provider.*`
   * or `network.*`
   */
  discover(domainOrId: string, signal: AbortSignal): Promise<DiscoveredTenant>;

  /**
   * One row of `provider.connection.check`. A finding is returned as a row; a row whose ground was lost by an earlier
   * failure comes back `skipped`.
   * @throws ProviderError only for what waiting can mend: `provider.throttled`, `provider.unavailable`, `network.*`
   * and `*.propagating`. `attempt` counts the tries of this row from 1: it bounds how long a change is waited for.
   */
  check(
    key: CheckKey,
    target: ProviderTarget,
    earlier: EarlierChecks,
    signal: AbortSignal,
    attempt?: number,
  ): Promise<CheckResult>;

  /**
   * The read of one bootstrap operation.
   * @throws ProviderError of any reason; `license.missing` where the tenant has no licence for what was asked
   */
  read<T extends BootstrapType>(
    type: T,
    target: ProviderTarget,
    signal: AbortSignal,
    onProgress?: OnProgress,
    attempt?: number,
  ): Promise<SnapshotData[T]>;

  /** Address of the provider's admin consent page. @throws ProviderError where the cloud is not served here */
  consentUrl(request: ConsentRequest): string;

  /** Reads the query of the return from that page. Never throws: what is not understood is no consent. */
  readConsentReturn(query: Readonly<Record<string, unknown>>): ConsentReturn;
}
