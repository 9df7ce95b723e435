import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { toStepError } from '../attempt-step.js';
import { RunConflictError, RunNotFoundError } from '../errors.js';
import { startOf } from '../interpret.js';
import { leaseOf } from '../lease.js';
import { StepError } from '../step.js';
import { getRun } from '../store/get-run.js';
import { recordSignal } from '../store/record-signal.js';
import { sqlOfPool, sqlOfTransaction } from '../store/sql.js';
import { UnitOfWork } from '../unit-of-work.js';
import { activityName, type Beginning, type RunActivities, type StepActivity } from './protocol.js';
import type { ActivityContext } from './activity-context.js';
import { claimForActivity } from './claim-for-activity.js';
import { isInputSealed } from './is-input-sealed.js';
import { publishTransition } from './publish-transition.js';
import { requireRun } from './require-run.js';
import { stayActivity } from './stay-activity.js';
import type { StayActivity } from './stay-protocol.js';
import { BETWEEN, runStepActivity } from './step-activity.js';

/**
 * Every activity of the product by its name: a stay for each type of operation, the few that write the run itself, and the
 * steps of all plans, for workflows that began when each was an activity of its own.
 */
export function createActivities(ctx: ActivityContext): Record<string, (input: never) => Promise<unknown>> {
  const stays: Record<string, StayActivity> = {};
  const steps: Record<string, StepActivity> = {};
  for (const { plan } of Object.values(ctx.options.registry)) {
    stays[plan.type] = (request) => stayActivity(ctx, request);
    for (const step of plan.steps) {
      steps[activityName(plan.type, step.name, 'forward')] = (request) => runStepActivity(ctx, request);
      steps[activityName(plan.type, step.name, 'undo')] = (request) => runStepActivity(ctx, request);
    }
  }
  const named = { ...stays, ...steps, ...createRunActivities(ctx) } as unknown as Record<
    string,
    (input: never) => Promise<unknown>
  >;
  return Object.fromEntries(
    Object.entries(named).map(([name, activity]) => [name, withoutDetails(activity)]),
  );
}

function createRunActivities(ctx: ActivityContext): RunActivities {
  const { options } = ctx;
  const sql = sqlOfPool(options.db.pool);
  return {
    async adopt_run(input) {
      const execution = Context.current().info.workflowExecution;
      if (!options.adopt || !execution) throw new StepError('internal.error', { retryable: false });
      const { workflowId, runId } = execution;
      const { operationRunId } = await options.adopt(input, { workflowId, key: `${workflowId}:${runId}` });
      return { operationRunId, leaseMs: ctx.leaseMs };
    },
    async begin_run({ operationRunId, type }): Promise<Beginning | null> {
      await requireRun(sql, { operationRunId, type });
      const run = await claimForActivity(ctx, operationRunId);
      if (!run) return null;
      await new UnitOfWork(options, leaseOf(run), run).save({ release: BETWEEN });
      return {
        start: startOf(options.registry[run.type].plan, run),
        input: run.input,
        heartbeatMs: ctx.leaseMs,
      };
    },
    publish_transition: ({ operationRunId, transition }) =>
      publishTransition(ctx, operationRunId, transition),
    async record_signal({ operationRunId, signal }) {
      try {
        await options.db.inTransaction((tx) =>
          recordSignal(sqlOfTransaction(tx), options.registry, operationRunId, signal),
        );
        return true;
      } catch (error) {
        if (
          error instanceof StepError ||
          error instanceof RunConflictError ||
          error instanceof RunNotFoundError
        )
          return false;
        throw error;
      }
    },
    async read_result({ operationRunId }) {
      const run = await getRun(sql, operationRunId);
      return options.resultOf ? options.resultOf(run, await isInputSealed(ctx.client)) : run.result;
    },
    check_health: () => options.checkHealth?.() ?? Promise.resolve({ status: 'healthy' }),
  };
}

/** Errors leave with their reason code and nothing else: no history has what a driver or a provider said. */
function withoutDetails(activity: (input: never) => Promise<unknown>): (input: never) => Promise<unknown> {
  return async (input) => {
    try {
      return await activity(input);
    } catch (error) {
      const failure = error instanceof ApplicationFailure ? error : toFailure(error);
      failure.stack = ''; // it would tell every reader of the history where the product lies on its disk
      throw failure;
    }
  };
}

function toFailure(error: unknown): ApplicationFailure {
  const { reasonCode, retryable, message } = toStepError(error);
  return ApplicationFailure.create({
    message,
    type: TYPES[reasonCode] ?? reasonCode,
    nonRetryable: !retryable,
  });
}

/** The documented error types, for those who start workflows themselves. */
const TYPES: Partial<Record<string, string>> = {
  'validation.failed': 'ValidationError',
  'tenant.duplicate': 'DuplicateError',
  'user.duplicate': 'DuplicateError',
  'database.unavailable': 'DatabaseError',
  'email.failed': 'EmailError',
};
