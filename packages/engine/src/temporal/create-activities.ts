import type { OperationType } from '@gangway/contract/operation-types';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { toStepError } from '../attempt-step.js';
import { RunConflictError, RunNotFoundError } from '../errors.js';
import { startOf } from '../interpret.js';
import { leaseOf } from '../lease.js';
import { StepError } from '../step.js';
import { getRun } from '../store/get-run.js';
import { recordSignal } from '../store/record-signal.js';
import { type Sql, sqlOfPool, sqlOfTransaction } from '../store/sql.js';
import { UnitOfWork } from '../unit-of-work.js';
import { activityName, type Beginning, type RunActivities, type StepActivity } from './protocol.js';
import type { ActivityContext } from './activity-context.js';
import { claimForActivity } from './claim-for-activity.js';
import { publishTransition } from './publish-transition.js';
import { BETWEEN, runStepActivity } from './step-activity.js';
import { validationError } from './validation-error.js';

/** Every activity of the product by its name: the steps of all plans, and the few that write the run itself. */
export function createActivities(ctx: ActivityContext): Record<string, (input: never) => Promise<unknown>> {
  const steps: Record<string, StepActivity> = {};
  for (const { plan } of Object.values(ctx.options.registry)) {
    for (const step of plan.steps) {
      steps[activityName(plan.type, step.name, 'forward')] = (request) => runStepActivity(ctx, request);
      steps[activityName(plan.type, step.name, 'undo')] = (request) => runStepActivity(ctx, request);
    }
  }
  const named = { ...steps, ...createRunActivities(ctx) } as unknown as Record<
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
      return options.adopt(input, { workflowId, key: `${workflowId}:${runId}` });
    },
    async begin_run({ operationRunId, type }): Promise<Beginning | null> {
      await requireRun(sql, operationRunId, type);
      const run = await claimForActivity(ctx, operationRunId);
      if (!run) return null;
      await new UnitOfWork(options, leaseOf(run), run).save({ release: BETWEEN });
      return { start: startOf(run), input: run.input, heartbeatMs: ctx.leaseMs };
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
      return options.resultOf ? options.resultOf(run, await ctx.isInputSealed()) : run.result;
    },
    check_health: () => options.checkHealth?.() ?? Promise.resolve({ status: 'healthy' }),
  };
}

/** @throws ApplicationFailure ValidationError */
async function requireRun(sql: Sql, operationRunId: string, type: OperationType | undefined): Promise<void> {
  try {
    const run = await getRun(sql, operationRunId);
    if (type === undefined || run.type === type) return;
  } catch (error) {
    if (!(error instanceof RunNotFoundError)) throw error;
  }
  throw validationError('There is no run of this id and type');
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
