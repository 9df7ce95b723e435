/** A run as its workflow sees it. Pure: bundled into the workflow sandbox. */
import type { OperationType } from '@gangway/contract/operation-types';
import {
  type ActivityOptions,
  ApplicationFailure,
  CancellationScope,
  condition,
  defineQuery,
  defineSignal,
  log,
  proxyActivities,
  setDefaultSignalHandler,
  setHandler,
} from '@temporalio/workflow';
import type { JsonObject } from '../json.js';
import type { RunActivities, WorkflowState } from './protocol.js';
import { readCancelSignal, readStateSignal, readUpdateSignal } from './read-arguments.js';
import { DEFAULT_LEASE_MS, PROGRESS_SIGNAL, type StayEnd, type StayActivity } from './stay-protocol.js';

type Signals = Pick<RunActivities, 'record_signal'>;

export interface RunToExecute {
  readonly type: OperationType;
  /** Gives the run, and creates it if whoever started the workflow did not. */
  readonly acquire: () => Promise<{ operationRunId: string; leaseMs?: number }>;
  /** What the workflow returns in the end. Default: the result of the run. */
  readonly readResult?: RunActivities['read_result'];
}

/** Far beyond what any run may take: a stay is bounded by the time-outs of its steps, and given up without a heartbeat. */
const STAY_TIMEOUT = '1 day';

/**
 * Executes a run in stays until it has ended: the activity does what the embedded engine does, and the workflow waits between
 * two of them, and passes signals on to the row. It is not cancelled itself: a cancel is recorded, and ends the run.
 */
export async function executeInStays(
  { type, acquire, readResult }: RunToExecute,
  rows: Signals,
): Promise<JsonObject | null> {
  const signals = receiveSignals(rows);
  return CancellationScope.nonCancellable(async () => {
    const { operationRunId, leaseMs = DEFAULT_LEASE_MS } = await acquire();
    signals.begin(operationRunId);
    const options: ActivityOptions = {
      startToCloseTimeout: STAY_TIMEOUT,
      heartbeatTimeout: leaseMs,
      // A worker that was lost is replaced at once; a database that is away is not asked too often.
      retry: { initialInterval: '100 milliseconds', backoffCoefficient: 2, maximumInterval: '1 second' },
    };
    const { [type]: execute } = proxyActivities<Record<string, StayActivity>>(options);
    if (!execute) throw new Error('Every name is an activity here');
    for (;;) {
      const cancels = signals.cancels();
      const summary = summaryOf(signals.state());
      const stay = await execute.executeWithOptions({ ...options, summary }, [{ operationRunId, type }]);
      signals.show(stay.state);
      if (stay.kind === 'elsewhere') return null;
      if (stay.kind === 'ended') return endOf(stay, readResult && (() => readResult({ operationRunId })));
      // A cancel ends the wait for the next attempt.
      if (stay.waitMs > 0) await condition(() => signals.cancels() > cancels, stay.waitMs);
    }
  });
}

/** What Temporal's UI shows beside the stay. */
const summaryOf = ({ step }: WorkflowState): string => `from step ${step}`;

function endOf(
  { status, state, result }: Extract<StayEnd, { kind: 'ended' }>,
  read?: () => Promise<JsonObject | null>,
): Promise<JsonObject | null> | JsonObject | null {
  if (status === 'succeeded') return read ? read() : result;
  const reason = state.error ?? 'internal.error';
  throw ApplicationFailure.nonRetryable(`The run failed: ${reason}`, reason);
}

/** Answers `getState`, and records the signals of the workflow on the row of its run, where the stay finds them. */
function receiveSignals(rows: Signals) {
  let state: WorkflowState = {
    step: 'queued',
    progress: 0,
    tenantId: null,
    adminUserId: null,
    companyId: null,
    emailSent: false,
    error: null,
  };
  let operationRunId: string | undefined;
  let cancels = 0;
  const ignore = (signal: string) => log.warn('A malformed signal was ignored', { signal });
  const acquired = async (): Promise<string> => {
    await condition(() => operationRunId !== undefined);
    return operationRunId ?? '';
  };

  const cancel = (payload: unknown) =>
    CancellationScope.nonCancellable(async () => {
      const read = readCancelSignal(payload);
      if (!read) return ignore('cancel');
      const { reason = null, cancelledBy: by = 'Temporal', isRecorded } = read;
      const signal = { kind: 'cancel', reason, by } as const;
      if (isRecorded || (await rows.record_signal({ operationRunId: await acquired(), signal })))
        cancels += 1;
    });
  const update = async (payload: unknown) => {
    const read = readUpdateSignal(payload);
    if (!read) return ignore('update');
    const signal = { kind: 'update', field: read.field, value: read.value, by: 'Temporal' } as const;
    await rows.record_signal({ operationRunId: await acquired(), signal });
  };

  setHandler(defineQuery<WorkflowState>('getState'), () => state);
  setHandler(defineSignal<[unknown?]>('cancel'), cancel);
  setHandler(defineSignal<[unknown?]>('update'), update);
  setHandler(defineSignal<[unknown?]>(PROGRESS_SIGNAL), (payload) => {
    const read = readStateSignal(payload);
    if (read) state = read;
    else ignore(PROGRESS_SIGNAL);
  });
  setDefaultSignalHandler((name) =>
    log.warn('A signal that is not known was ignored', { signal: name.slice(0, 100) }),
  );
  // `handle.cancel()` and the UI's button mean the same as the signal.
  void CancellationScope.current().cancelRequested.catch(() => cancel(undefined));

  return {
    begin: (id: string) => (operationRunId = id),
    /** How many cancels were accepted so far. */
    cancels: () => cancels,
    state: () => state,
    show: (told: WorkflowState) => (state = told),
  };
}
