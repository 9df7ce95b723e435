/**
 * The workflows, over whatever plans the product has. Bundled by Temporal: only what is pure may be imported here. A
 * workflow file is two lines: it exports `tenantCreationWorkflow`, `operationRunWorkflow` and `healthCheckWorkflow` of
 * what this returns for its plans.
 */
import type { OperationType } from '@gangway/contract/operation-types';
import {
  ApplicationFailure,
  CancellationScope,
  condition,
  defineQuery,
  defineSignal,
  patched,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';
import { interpret, type Transition } from '../interpret.js';
import type { JsonObject } from '../json.js';
import type { Plan } from '../plan.js';
import { StateView } from './workflow-state.js';
import { createWorkflowPort, type Cancellation } from './workflow-port.js';
import type {
  CancelSignal,
  HealthReport,
  RunActivities,
  RunReference,
  UpdateSignal,
  WorkflowState,
} from './protocol.js';

const getState = defineQuery<WorkflowState>('getState');
const cancelSignal = defineSignal<[CancelSignal?]>('cancel');
const updateSignal = defineSignal<[UpdateSignal]>('update');

// Reads and writes of our own rows: they succeed as soon as the database is there.
const rows = proxyActivities<RunActivities>({
  startToCloseTimeout: '15 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});

export function defineWorkflows(plans: Readonly<Record<OperationType, Plan>>) {
  return {
    /** Any run whose row is there already. */
    operationRunWorkflow: (reference: RunReference): Promise<JsonObject | null> =>
      execute(plans[reference.type], () => Promise.resolve(reference.operationRunId)),

    /** The creation of a tenant: started by our dispatcher with a reference, or by anybody with the documented input. */
    tenantCreationWorkflow: (start: RunReference | JsonObject): Promise<JsonObject | null> =>
      isReference(start)
        ? execute(plans['tenant.create'], () => Promise.resolve(start.operationRunId))
        : execute(
            plans['tenant.create'],
            async () => (await rows.adopt_run(start)).operationRunId,
            rows.read_result,
          ),

    /** Asks a worker whether database, mail transport and keys do what they should. */
    healthCheckWorkflow: (): Promise<HealthReport> => rows.check_health(),
  };
}

const isReference = (start: RunReference | JsonObject): start is RunReference => 'operationRunId' in start;

/** Everything is inside a scope that a cancel of the workflow does not reach: it asks, the interpreter ends the run. */
function execute(
  plan: Plan,
  acquire: () => Promise<string>,
  read?: RunActivities['read_result'],
): Promise<JsonObject | null> {
  const view = new StateView();
  const cancellation: Cancellation = { failure: null, scope: undefined };
  let operationRunId: string | undefined;
  setHandler(getState, () => view.state);

  const cancel = async ({ reason, cancelledBy, isRecorded }: CancelSignal = {}) => {
    await condition(() => operationRunId !== undefined);
    const signal = { kind: 'cancel', reason: reason ?? null, by: cancelledBy ?? 'Temporal' } as const;
    const isAccepted =
      isRecorded === true || (await rows.record_signal({ operationRunId: operationRunId ?? '', signal }));
    // Workflows that began before this was looked at heeded what was refused, and are replayed as they went.
    if (!isAccepted && patched('a refused cancel is not heeded')) return;
    cancellation.failure ??= { reasonCode: 'run.cancelled', message: reason ?? null, evidence: null };
    cancellation.scope?.cancel();
  };
  setHandler(cancelSignal, (signal) => CancellationScope.nonCancellable(() => cancel(signal)));
  setHandler(updateSignal, async ({ field, value }) => {
    await condition(() => operationRunId !== undefined);
    await rows.record_signal({
      operationRunId: operationRunId ?? '',
      signal: { kind: 'update', field, value, by: 'Temporal' },
    });
  });
  // `handle.cancel()` and the UI's button mean the same as the signal.
  void CancellationScope.current().cancelRequested.catch(() =>
    CancellationScope.nonCancellable(() => cancel()),
  );

  return CancellationScope.nonCancellable(async () => {
    operationRunId = await acquire();
    const beginning = await rows.begin_run({ operationRunId });
    if (!beginning) return null;
    let last: Transition | undefined;
    const onPublish = (transition: Transition) => {
      last = transition;
      view.changed(plan, transition);
    };
    const port = createWorkflowPort({ plan, operationRunId, beginning, cancellation, view, rows, onPublish });
    await interpret(port, plan, beginning.start);
    return endOf(last, read ? () => read({ operationRunId: operationRunId ?? '' }) : undefined);
  });
}

async function endOf(
  last: Transition | undefined,
  read?: () => Promise<JsonObject | null>,
): Promise<JsonObject | null> {
  if (last?.kind === 'succeeded' && last.outcome.status === 'succeeded')
    return read ? read() : last.outcome.result;
  const reason =
    last?.kind === 'succeeded'
      ? last.outcome.reasonCode
      : last?.kind === 'stuck'
        ? 'run.rollback_failed'
        : last?.kind === 'failed' || last?.kind === 'held'
          ? last.failure.reasonCode
          : null;
  throw ApplicationFailure.nonRetryable(`The run failed: ${reason ?? 'unknown'}`, reason ?? 'internal.error');
}
