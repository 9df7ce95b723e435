import type { Run, RunSummary } from '@gangway/contract/operations';
import type { RunRecord, RunWithSteps } from '@gangway/engine/port';
import { toReport } from './provider-connection-check/to-report.js';

/** A run as lists show it. */
export function toRunSummary(run: RunRecord): RunSummary {
  const { id, type, status, progress, step, attempt, reasonCode, message, warnings, waitingUntil, held } =
    run;
  const { managedTenantId, providerConnectionId, onboardingSessionId, createdAt, startedAt, finishedAt } =
    run;
  return {
    ...{
      id,
      type,
      status,
      progress,
      step,
      attempt,
      reasonCode,
      message,
      warnings: [...warnings],
      waitingUntil,
      held,
    },
    ...{ managedTenantId, providerConnectionId, onboardingSessionId, createdAt, startedAt, finishedAt },
    startedBy: run.startedByLabel,
    cancelledBy: run.cancelledBy,
  };
}

/** A run with its steps, its result and, for a verification, its report. */
export function toRun(run: RunWithSteps): Run {
  const steps = run.steps.map(
    ({ name, title, status, attempt, reasonCode, message, evidence, startedAt, finishedAt }) => {
      return { name, title, status, attempt, reasonCode, message, evidence, startedAt, finishedAt };
    },
  );
  const report = run.type === 'provider.connection.check' ? toReport(run) : {};
  return { ...toRunSummary(run), ...report, result: run.result, steps };
}
