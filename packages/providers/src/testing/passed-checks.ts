import { CHECK_TITLES, type CheckKey } from '@gangway/contract/operations';
import type { CheckFacts, CheckResult, EarlierChecks } from '../port.js';

const NO_FACTS: CheckFacts = {
  tokenRoles: null,
  servicePrincipalId: null,
  grants: null,
  credentialExpiresAt: null,
};

/** Rows of a report that have passed, as they would be journaled, with what each has found. */
export function passedChecks(facts: { readonly [key in CheckKey]?: Partial<CheckFacts> }): EarlierChecks {
  const rows = (Object.entries(facts) as [CheckKey, Partial<CheckFacts>][]).map(
    ([key, found]): [CheckKey, CheckResult] => [
      key,
      {
        check: {
          key,
          title: CHECK_TITLES[key],
          status: 'pass',
          reasonCode: null,
          remedy: null,
          whoFixes: null,
          evidence: null,
        },
        facts: { ...NO_FACTS, ...found },
        permissions: null,
      },
    ],
  );
  return Object.fromEntries(rows);
}
