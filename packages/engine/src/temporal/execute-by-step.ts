/** Pure: bundled into the workflow sandbox. */
import {
  ApplicationFailure,
  CancellationScope,
  condition,
  defineQuery,
  defineSignal,
  log,
  patched,
  setDefaultSignalHandler,
  setHandler,
} from '@temporalio/workflow';
import { interpret } from '../interpret.js';
import type { JsonObject } from '../json.js';
import type { Plan } from '../plan.js';
import type { Transition } from '../reducer.js';
import { StateView } from './workflow-state.js';
import { createWorkflowPort, type Cancellation } from './workflow-port.js';
import type { CancelSignal, RunActivities, UpdateSignal, WorkflowState } from './protocol.js';
import { readCancelSignal, readUpdateSignal } from './read-arguments.js';

const getState = defineQuery<WorkflowState>('getState');
const cancelSignal = defineSignal<[unknown?]>('cancel');
const updateSignal = defineSignal<[unknown?]>('update');

/**
 * Logs a signal that is not of the documented shape. False in workflows that began before there was a check and heeded
 * what they could: they are replayed as they went.
 */
function isIgnored(signal: string): boolean {
  if (!patched('malformed signals are ignored')) return false;
  log.warn('A malformed signal was ignored', { signal });
  return true;
}

/**
 * A run whose workflow began when each step was an activity of its own: it is replayed, and goes on, as it began. Goes
 * when no such workflow can be open any more. Everything is inside a scope that a cancel of the workflow does not reach: it
 * asks, the interpreter ends the run.
 */
export function executeByStep(
  rows: RunActivities,
  plan: Plan,
  acquire: () => Promise<{ operationRunId: string }>,
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
    ({ operationRunId } = await acquire());
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
