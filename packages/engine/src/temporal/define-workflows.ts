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
  log,
  patched,
  proxyActivities,
  setDefaultSignalHandler,
  setHandler,
} from '@temporalio/workflow';
import { interpret } from '../interpret.js';
import type { JsonObject } from '../json.js';
import type { Plan } from '../plan.js';
import type { Transition } from '../reducer.js';
import { StateView } from './workflow-state.js';
import { createWorkflowPort, type Cancellation } from './workflow-port.js';
import type { CancelSignal, HealthReport, RunActivities, UpdateSignal, WorkflowState } from './protocol.js';
import { isObject, readCancelSignal, readRunReference, readUpdateSignal } from './read-arguments.js';
import { validationError } from './validation-error.js';

const getState = defineQuery<WorkflowState>('getState');
const cancelSignal = defineSignal<[unknown?]>('cancel');
const updateSignal = defineSignal<[unknown?]>('update');

// Reads and writes of our own rows: they succeed as soon as the database is there.
const rows = proxyActivities<RunActivities>({
  startToCloseTimeout: '15 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});

export function defineWorkflows(plans: Readonly<Record<OperationType, Plan>>) {
  return {
    /** Any run whose row is there already. */
    operationRunWorkflow: async (start: unknown): Promise<JsonObject | null> => {
      const reference = readRunReference(start, Object.keys(plans));
      if (!reference) throw validationError('The argument must be {operationRunId, type}');
      return execute(plans[reference.type], () => Promise.resolve(reference.operationRunId));
    },

    /** The creation of a tenant: started by our dispatcher with a reference, or by anybody with the documented input. */
    tenantCreationWorkflow: async (start: unknown): Promise<JsonObject | null> => {
      const plan = plans['tenant.create'];
      if (!isObject(start)) throw validationError('The argument must be an object');
      if (!('operationRunId' in start))
        return execute(plan, async () => (await rows.adopt_run(start)).operationRunId, rows.read_result);
      const reference = readRunReference({ type: plan.type, ...start }, [plan.type]);
      if (!reference) throw validationError(`The argument must be {operationRunId, type: '${plan.type}'}`);
      return execute(plan, () => Promise.resolve(reference.operationRunId));
    },

    /** Asks a worker whether database, mail transport and keys do what they should. */
    healthCheckWorkflow: (): Promise<HealthReport> => rows.check_health(),
  };
}

/**
 * Logs a signal that is not of the documented shape. False in workflows that began before there was a check and heeded
 * what they could: they are replayed as they went.
 */
function isIgnored(signal: string): boolean {
  if (!patched('malformed signals are ignored')) return false;
  log.warn('A malformed signal was ignored', { signal });
  return true;
}

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
  const update = async ({ field, value }: UpdateSignal) => {
    await condition(() => operationRunId !== undefined);
    await rows.record_signal({
      operationRunId: operationRunId ?? '',
      signal: { kind: 'update', field, value, by: 'Temporal' },
    });
  };
  setHandler(cancelSignal, (payload) => {
    const signal = readCancelSignal(payload);
    if (!signal && isIgnored('cancel')) return;
    return CancellationScope.nonCancellable(() => cancel(signal ?? (payload as CancelSignal)));
  });
  setHandler(updateSignal, (payload) => {
    const signal = readUpdateSignal(payload);
    if (!signal && isIgnored('update')) return;
    return update(signal ?? (payload as UpdateSignal));
  });
  setDefaultSignalHandler((name) =>
    log.warn('A signal that is not known was ignored', { signal: name.slice(0, 100) }),
  );
  // `handle.cancel()` and the UI's button mean the same as the signal.
  void CancellationScope.current().cancelRequested.catch(() =>
    CancellationScope.nonCancellable(() => cancel()),
  );

  return CancellationScope.nonCancellable(async () => {
    operationRunId = await acquire();
    const beginning = await rows.begin_run({ operationRunId, type: plan.type });
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
