import {
  CHECK_KEYS,
  CHECK_TITLES,
  type Check,
  type CheckKey,
  type Warning,
} from '@gangway/contract/operations';
import { REASONS } from '@gangway/contract/reason-codes';
import type { JsonObject, Plan, RunOutcome, StepOutputs } from '@gangway/engine/plan';
import { PROVIDER_RETRY } from '../provider-retry.js';

/** A step's output: the row of the report, and what later rows build on. */
export interface CheckOutput {
  readonly check: Check;
}

const checkOf = (outputs: StepOutputs, key: CheckKey): Check | undefined =>
  (outputs[key] as unknown as CheckOutput | undefined)?.check;

/**
 * What each row waits for: the row without which it has no ground, and those whose findings it must not repeat. The organization and
 * the application are read at the same time, and so are the probes and the expiry of the credential.
 */
const NEEDS: Record<CheckKey, readonly CheckKey[]> = {
  configuration: [],
  tenant_discovery: ['configuration'],
  sign_in: ['tenant_discovery'],
  token_claims: ['sign_in'],
  organization: ['token_claims'],
  application: ['token_claims'],
  granted_permissions: ['organization', 'application'],
  capability_probes: ['granted_permissions'],
  credential_expiry: ['granted_permissions'],
};

/** The verification of a connection: one step for each row of its report. A failed row is a finding, not a failed step. */
export const providerConnectionCheckPlan: Plan = {
  type: 'provider.connection.check',
  steps: CHECK_KEYS.map((key, index) => ({
    name: key,
    title: CHECK_TITLES[key],
    needs: NEEDS[key],
    progress: [
      Math.round((index * 100) / CHECK_KEYS.length),
      Math.round(((index + 1) * 100) / CHECK_KEYS.length),
    ] as const,
    timeoutMs: 120_000,
    retry: PROVIDER_RETRY,
  })),
  outcome,
};

/** The first failed row gives the run its reason code; warnings leave it succeeded. */
function outcome(_input: JsonObject, outputs: StepOutputs): RunOutcome {
  const checks = CHECK_KEYS.flatMap((key) => checkOf(outputs, key) ?? []);
  const failed = checks.find((check) => check.status === 'fail');
  const warnings = checks.flatMap((check): Warning[] =>
    check.status === 'warn' && check.reasonCode
      ? [{ reasonCode: check.reasonCode, message: REASONS[check.reasonCode].title }]
      : [],
  );
  if (failed?.reasonCode) {
    // Rows only ever carry reasons a run can end with.
    return {
      status: 'failed',
      reasonCode: failed.reasonCode as RunOutcome['reasonCode'],
      message: null,
      warnings,
      result: null,
    };
  }
  return { status: 'succeeded', reasonCode: null, message: null, warnings, result: null };
}
