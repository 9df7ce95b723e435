import {
  CHECK_KEYS,
  CHECK_TITLES,
  type Check,
  type CheckKey,
  type PermissionRow,
} from '@gangway/contract/operations';
import { REASONS } from '@gangway/contract/reason-codes';
import type { RunWithSteps, StepRecord } from '@gangway/engine/store/records';

interface CheckOutput {
  readonly check: Check;
  readonly permissions: readonly PermissionRow[] | null;
}

/** The nine rows of a verification as far as it has come, and the permission truth table of the last row that knew one. */
export function toReport(run: RunWithSteps): { checks: Check[]; permissions: PermissionRow[] } {
  const byName = new Map(run.steps.map((step) => [step.name, step]));
  const isOver = run.status === 'succeeded' || run.status === 'failed';
  const tables = run.steps.map((step) => (step.output as unknown as CheckOutput | null)?.permissions ?? null);
  return {
    checks: CHECK_KEYS.map((key) => toCheck(key, byName.get(key), isOver)),
    permissions: [...(tables.findLast((rows) => rows !== null) ?? [])],
  };
}

function toCheck(key: CheckKey, step: StepRecord | undefined, isOver: boolean): Check {
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
    const { remedy, whoFixes } = REASONS[step.reasonCode];
    return { ...row, status: 'fail', reasonCode: step.reasonCode, remedy, whoFixes };
  }
  // The run ended before its turn came.
  if (isOver) return { ...row, status: 'skipped' };
  return { ...row, status: step?.status === 'running' ? 'running' : 'waiting' };
}
