/** The interpreter's three calls as activities. Pure: bundled into the workflow sandbox. */
import {
  ActivityCancellationType,
  CancellationScope,
  isCancellation,
  proxyActivities,
} from '@temporalio/workflow';
import type { RunPort } from '../interpret.js';
import { DEFAULT_STEP_TIMEOUT_MS, type Plan } from '../plan.js';
import type { Transition } from '../reducer.js';
import type { Failure } from '../run.js';
import { activityName, type Beginning, type RunActivities, type StepActivity } from './protocol.js';
import type { StateView } from './workflow-state.js';

/** A cancel that was asked for, and the scope of the step that it ends. */
export interface Cancellation {
  failure: Failure | null;
  scope: CancellationScope | undefined;
}

export interface WorkflowPortContext {
  readonly plan: Plan;
  readonly operationRunId: string;
  readonly beginning: Beginning;
  readonly cancellation: Cancellation;
  readonly view: StateView;
  readonly rows: Pick<RunActivities, 'publish_transition'>;
  readonly onPublish: (transition: Transition) => void;
}

export function createWorkflowPort(ctx: WorkflowPortContext): RunPort {
  const { plan, operationRunId, beginning, cancellation, view } = ctx;
  for (const output of Object.values(beginning.start.outputs)) view.learned(output);

  return {
    // One step at a time.
    room: (running) => (running === 0 ? 1 : 0),

    drainSignals: () => Promise.resolve(cancellation.failure),

    async runStep(position, direction) {
      const step = plan.steps[position];
      const timeoutMs = (step?.timeoutMs ?? DEFAULT_STEP_TIMEOUT_MS) + 60_000;
      // Whether an attempt is followed by another one is decided by the activity, from the row: crashes do not count.
      const activities = proxyActivities<Record<string, StepActivity>>({
        startToCloseTimeout: timeoutMs,
        heartbeatTimeout: beginning.heartbeatMs,
        cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
        retry: { initialInterval: '1 second', backoffCoefficient: 1, maximumInterval: '1 second' },
      });
      const activity = activities[activityName(plan.type, step?.name ?? '', direction)];
      if (!activity) throw new Error('Every name is an activity here');
      const request = { operationRunId, position, direction };
      if (direction === 'undo') return activity(request);
      view.began(plan, position);
      const scope = new CancellationScope({ cancellable: true });
      cancellation.scope = scope;
      try {
        return await scope.run(() => activity(request));
      } catch (error) {
        if (!isCancellation(error) || !cancellation.failure) throw error;
        return { kind: 'failed', failure: cancellation.failure };
      } finally {
        cancellation.scope = undefined;
      }
    },

    async publish(transition) {
      // Steps that went well were journaled by their activity.
      if (transition.kind !== 'advanced' && transition.kind !== 'undone') {
        const cancelled = await ctx.rows.publish_transition({ operationRunId, transition });
        if (cancelled) return cancelled;
      }
      ctx.onPublish(transition);
      return null;
    },
  };
}
