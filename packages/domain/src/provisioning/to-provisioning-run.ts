import type { operationRunSummary, ProvisioningRun } from '@gangway/contract/provisioning/operation-runs';
import type { RunRecord, RunWithSteps } from '@gangway/engine/port';
import type { z } from 'zod';

/** A run as partners see it. `temporaryPassword` is what this one answer may hand out. */
export function toProvisioningRun(run: RunWithSteps, temporaryPassword: string | null): ProvisioningRun {
  const result = run.result === null ? null : snakeCased(run.result);
  return {
    ...toRunSummary(run),
    result:
      result && run.type === 'tenant.create' ? { ...result, temporary_password: temporaryPassword } : result,
    steps: run.steps.map((step) => ({
      name: step.name,
      title: step.title,
      status: step.status,
      attempt: step.attempt,
      reason_code: step.reasonCode,
      message: step.message,
      started_at: step.startedAt,
      finished_at: step.finishedAt,
    })),
  };
}

/** A run as partners see it in a list. */
export function toRunSummary(run: Omit<RunRecord, 'input' | 'result'>): z.infer<typeof operationRunSummary> {
  return {
    id: run.id,
    type: run.type,
    status: run.status,
    progress: run.progress,
    step: run.step,
    attempt: run.attempt,
    reason_code: run.reasonCode,
    message: run.message,
    warnings: run.warnings.map(({ reasonCode, message }) => ({ reason_code: reasonCode, message })),
    waiting_until: run.waitingUntil,
    held: run.held,
    tenant: run.subjectId,
    created_at: run.createdAt,
    started_at: run.startedAt,
    finished_at: run.finishedAt,
  };
}

function snakeCased(fields: { readonly [field: string]: unknown }): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
