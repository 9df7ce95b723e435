import type { Plan } from '../plan.js';
import type { RunWithSteps } from '../run.js';

/** A queued run of a plan, as it is in memory before anything of it was executed. */
export function newRunRecord(plan: Plan, more: Partial<RunWithSteps> = {}): RunWithSteps {
  const nothing = { reasonCode: null, message: null, startedAt: null, finishedAt: null };
  const links = { managedTenantId: null, providerConnectionId: null, onboardingSessionId: null };
  const cancel = { cancelRequestedAt: null, cancelReason: null, cancelledBy: null };
  return {
    ...{ id: 'a-run', workspaceId: null, partnerId: 'a-partner', type: plan.type, subjectId: 'a-tenant' },
    ...{ ...links, ...cancel, ...nothing, status: 'queued', progress: 0, step: null, attempt: 0 },
    ...{ warnings: [], input: {}, result: null, failurePolicy: 'rollback', held: false, waitingUntil: null },
    ...{ direction: 'forward', stepPosition: 0, failure: null, deadlineAt: null, workflowId: null },
    ...{ fence: 1, crashes: 0, lastEventSeq: 1 },
    ...{ startedByKind: 'partner', startedById: 'a-partner', startedByLabel: 'Partner' },
    createdAt: '2026-11-01T00:00:00.000Z',
    steps: plan.steps.map(({ name, title }, position) => ({
      ...{
        position,
        name,
        title,
        status: 'pending',
        attempt: 0,
        failures: 0,
        output: null,
        evidence: null,
        retryInMs: null,
      },
      ...nothing,
    })),
    ...more,
  };
}
