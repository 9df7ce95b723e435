import { Context } from '@temporalio/activity';
import { getRun } from '../store/get-run.js';
import { sqlOfPool } from '../store/sql.js';
import type { ActivityContext } from './activity-context.js';
import type { WorkflowState } from './protocol.js';
import { PROGRESS_SIGNAL, type StayRequest } from './stay-protocol.js';
import { stateOfRun } from './state-of-run.js';

/** How often a stay looks whether there is something to report. A run that is quicker reports nothing but its end. */
const EVERY_MS = 1_000;

/** What Temporal's UI shows of a stay that lasts, beside its last heartbeat. */
type Progress = Pick<WorkflowState, 'step' | 'progress'>;

export interface ProgressReports {
  /** Undefined within the first second. */
  readonly last: () => Progress | undefined;
  /** Resolves when nothing is under way any more. */
  readonly stop: () => Promise<void>;
}

/**
 * Signals to the workflow of the current activity how far its run is, whenever that has changed within a second, so that
 * `getState` answers while a stay lasts.
 */
export function reportProgress(ctx: ActivityContext, { operationRunId }: StayRequest): ProgressReports {
  const activity = Context.current();
  const { workflowExecution: execution } = activity.info;
  let last: WorkflowState | undefined;
  const progress = () => last && { step: last.step, progress: last.progress };
  let report = Promise.resolve();
  const send = async () => {
    const state = stateOfRun(await getRun(sqlOfPool(ctx.options.db.pool), operationRunId));
    if (!execution || JSON.stringify(state) === JSON.stringify(last)) return;
    const workflow = ctx.client.workflow.getHandle(execution.workflowId, execution.runId);
    await workflow.signal(PROGRESS_SIGNAL, state);
    last = state;
    activity.heartbeat(progress());
  };
  const timer = setInterval(() => {
    // It is only shown: what could not be reported now is reported with the next second, or with the end.
    report = report.then(send).catch(() => undefined);
  }, EVERY_MS);
  return {
    last: progress,
    stop: () => {
      clearInterval(timer);
      return report;
    },
  };
}
