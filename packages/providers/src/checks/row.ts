import { CHECK_TITLES, type Check, type CheckKey, type Evidence } from '@gangway/contract/operations';
import { PROVIDER_REASONS, type ProviderReasonCode, type WhoFixes } from '@gangway/contract/reason-codes';
import type { GraphSession } from '../microsoft/graph-session.js';
import type { CheckFacts, CheckResult, EarlierChecks } from '../port.js';

export interface CheckContext {
  readonly session: GraphSession;
  readonly earlier: EarlierChecks;
}

/** What a check found, before it knows its own name. */
export interface Finding {
  readonly status: Check['status'];
  readonly reasonCode: ProviderReasonCode | null;
  /** Where the catalogue's remedy is too general. Our own words, and names of permissions at most. */
  readonly remedy?: string;
  /** Where it is not who the catalogue says. */
  readonly whoFixes?: WhoFixes;
  readonly evidence: Evidence | null;
  readonly facts?: Partial<CheckFacts>;
  readonly permissions?: CheckResult['permissions'];
}

const NO_FACTS: CheckFacts = {
  tokenRoles: null,
  servicePrincipalId: null,
  grants: null,
  credentialExpiresAt: null,
};

export const pass = (
  evidence: Evidence | null,
  found: Pick<Finding, 'facts' | 'permissions'> = {},
): Finding => ({
  status: 'pass',
  reasonCode: null,
  evidence,
  ...found,
});

export const fail = (
  reasonCode: ProviderReasonCode,
  evidence: Evidence | null,
  found: Pick<Finding, 'remedy' | 'whoFixes' | 'facts' | 'permissions'> = {},
): Finding => ({ status: 'fail', reasonCode, evidence, ...found });

export function toCheckResult(key: CheckKey, finding: Finding): CheckResult {
  const { status, reasonCode, evidence } = finding;
  const reason = reasonCode === null ? null : PROVIDER_REASONS[reasonCode];
  return {
    check: {
      key,
      title: CHECK_TITLES[key],
      status,
      reasonCode,
      remedy: finding.remedy ?? reason?.remedy ?? null,
      whoFixes: finding.whoFixes ?? reason?.whoFixes ?? null,
      evidence,
    },
    facts: { ...NO_FACTS, ...finding.facts },
    permissions: finding.permissions ?? null,
  };
}
