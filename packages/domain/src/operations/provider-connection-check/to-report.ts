import {
  CHECK_KEYS,
  CHECK_TITLES,
  type Check,
  type CheckKey,
  type PermissionRow,
} from '@gangway/contract/operations';
import { REASONS } from '@gangway/contract/reason-codes';
import { toRemedy } from '@gangway/contract/reasons/to-remedy';
import type { RunWithSteps, StepRecord } from '@gangway/engine/port';

interface CheckOutput {
  readonly check: Check;
  readonly permissions: readonly PermissionRow[] | null;
}

/** The nine rows of a verification as far as it has come, and the permission truth table of the last row that knew one. */
export function toReport(run: RunWithSteps): { checks: Check[]; permissions: PermissionRow[] } {
  const byName = new Map(run.steps.map((step) => [step.name, step]));
  const hasEnded = run.status === 'succeeded' || run.status === 'failed';
  const tables = run.steps.map((step) => (step.output as unknown as CheckOutput | null)?.permissions ?? null);
  return {
    checks: CHECK_KEYS.map((key) => toCheck(key, byName.get(key), hasEnded ? whyEnded(run) : null)),
    permissions: [...(tables.findLast((rows) => rows !== null) ?? [])],
  };
}

/** For rows whose turn never came: that the run had ended, and of what. */
function whyEnded({ reasonCode }: RunWithSteps): string {
  return `Not checked, because the run had ended before${reasonCode ? `: ${REASONS[reasonCode].title}` : ''}.`;
}

/** `over`: why nothing more will be found out; null while the run is live. */
function toCheck(key: CheckKey, step: StepRecord | undefined, over: string | null): Check {
  const output = step?.output as unknown as CheckOutput | null | undefined;
  if (step?.status === 'succeeded' && output) return output.check;
  const row = {
    key,
    title: CHECK_TITLES[key],
    reasonCode: null,
    remedy: null,
    whoFixes: null,
    evidence: step?.evidence ?? null,
  };
  if (step?.status === 'failed' && step.reasonCode) {
    const { whoFixes } = REASONS[step.reasonCode];
    const remedy = toRemedy(step.reasonCode, step.evidence);
    return { ...row, status: 'fail', reasonCode: step.reasonCode, remedy, whoFixes };
  }
  if (over !== null) return { ...row, status: 'skipped', remedy: over };
  return { ...row, status: step?.status === 'running' ? 'running' : 'waiting' };
}
