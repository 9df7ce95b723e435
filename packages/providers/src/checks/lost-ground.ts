import {
  CHECK_KEYS,
  CHECK_TITLES,
  type Check,
  type CheckKey,
  type PermissionRow,
} from '@gangway/contract/operations';
import { PROVIDER_REASONS, type ProviderReasonCode } from '@gangway/contract/reason-codes';
import type { EarlierChecks } from '../port.js';
import type { Finding } from './row.js';

const OF_GRANTS: readonly ProviderReasonCode[] = [
  'consent.missing',
  'permission.missing',
  'permission.delegated_only',
];

/** The failures so far, in the order of the report. */
function failuresIn(earlier: EarlierChecks): (Check & { readonly reasonCode: ProviderReasonCode })[] {
  return CHECK_KEYS.flatMap((key) => {
    const check = earlier[key]?.check;
    // Rows of the provider carry the provider's reasons only.
    return check?.status === 'fail' && check.reasonCode !== null
      ? [{ ...check, reasonCode: check.reasonCode as ProviderReasonCode }]
      : [];
  });
}

/** A row that is not looked at because the row it builds on did not pass: skipped, with what was found there. */
export function skipWithoutGround(earlier: EarlierChecks): Finding {
  const [cause] = failuresIn(earlier);
  return cause
    ? skipBecause(cause, null)
    : {
        status: 'skipped',
        reasonCode: null,
        evidence: null,
        remedy: 'Not checked: an earlier check has not run.',
      };
}

/**
 * What a row found, unless it only met the lack of grants that an earlier row has reported: then it could not look,
 * and is skipped with that cause. A second finding would send people looking for a second fault.
 */
export function withoutRepetition(key: CheckKey, earlier: EarlierChecks, finding: Finding): Finding {
  if (finding.status !== 'fail' || !isOfGrants(finding.reasonCode)) return finding;
  const failures = failuresIn(earlier);
  // Nothing was consented to: whatever is refused after that is refused for it.
  const cause =
    failures.find(({ reasonCode }) => reasonCode === 'consent.missing') ??
    // The expiry says nothing about grants; it only needs one of them to be looked up.
    (key === 'credential_expiry' ? failures.find(({ reasonCode }) => isOfGrants(reasonCode)) : undefined);
  if (!cause) return finding;
  const permissions = finding.permissions?.map(withoutRefusal);
  return {
    ...finding,
    ...skipBecause(cause, finding.evidence),
    ...(permissions && { permissions }),
  };
}

/** A row that could not look has found out nothing about a permission, least of all that it does not work. */
function withoutRefusal(row: PermissionRow): PermissionRow {
  return row.probe === 'fail' ? { ...row, probe: 'skipped' } : row;
}

function isOfGrants(reasonCode: ProviderReasonCode | null): boolean {
  return reasonCode !== null && OF_GRANTS.includes(reasonCode);
}

function skipBecause(
  { key, reasonCode }: { readonly key: CheckKey; readonly reasonCode: ProviderReasonCode },
  evidence: Finding['evidence'],
): Finding {
  const cause = PROVIDER_REASONS[reasonCode].title;
  return {
    status: 'skipped',
    reasonCode,
    remedy: `Not checked, because of what "${CHECK_TITLES[key]}" found: ${cause}.`,
    evidence,
  };
}
