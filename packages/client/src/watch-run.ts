import type { PartnerRouter } from '@gangway/api/partner-router';
import { TRPCClientError } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import type { GangwayClient } from './create-client.js';

type Runs = inferRouterOutputs<PartnerRouter>['provisioning']['operationRuns'];

/** An operation run with its steps and its result. */
export type OperationRun = Runs['get'];

type Tracked = Parameters<
  NonNullable<Parameters<GangwayClient['provisioning']['operationRuns']['events']['subscribe']>[1]['onData']>
>[0];

/** What happened to a run: `kind` names it, `run` is the run as it is then, `step` the step that changed. */
export type OperationRunEvent = Tracked['data'] & {
  /** Its place among the run's events, to go on after it with `lastEventId`. */
  readonly id: string;
};

export interface WatchOptions {
  readonly signal?: AbortSignal;
  /** The last event that is known already. */
  readonly lastEventId?: string;
}

const PAUSE_MS = 1_000;

/**
 * The events of a run, each once and in order, as they happen: `for await (const event of watchRun(client, id))`. Goes on
 * where it was after a lost connection, a restart of the server and the end of an access token; ends after the run's end, and
 * when `signal` is aborted. A parked run has ended too, until it is resumed.
 * @throws the error of the call if the run may not be read
 */
export async function* watchRun(
  client: GangwayClient,
  operationRunId: string,
  { signal, lastEventId }: WatchOptions = {},
): AsyncGenerator<OperationRunEvent, void, void> {
  let last = lastEventId;
  for (;;) {
    if (signal?.aborted) return;
    let hasEnded = false;
    try {
      for await (const event of subscribe(client, operationRunId, last, signal)) {
        last = event.id;
        hasEnded = event.kind === 'run.finished';
        yield event;
      }
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
    if (hasEnded) return;
    await pause(signal);
  }
}

/** One subscription as an iterable. Leaving the loop ends the subscription. */
async function* subscribe(
  client: GangwayClient,
  operation_run_id: string,
  lastEventId: string | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<OperationRunEvent, void, void> {
  const queue: OperationRunEvent[] = [];
  let end: { error?: unknown } | undefined;
  let wake = (): void => undefined;
  const finish = (reason: { error?: unknown }) => {
    end ??= reason;
    wake();
  };
  const stop = () => finish({});
  const subscription = client.provisioning.operationRuns.events.subscribe(
    { operation_run_id, ...(lastEventId === undefined ? {} : { lastEventId }) },
    {
      onData({ id, data }) {
        queue.push({ ...data, id });
        wake();
      },
      onComplete: stop,
      onError: (error) => finish({ error }),
    },
  );
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for (;;) {
      const event = queue.shift();
      if (event) yield event;
      else if (end) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    if (end.error !== undefined) throw end.error;
  } finally {
    signal?.removeEventListener('abort', stop);
    subscription.unsubscribe();
  }
}

/** Whether another attempt may fare better: all but what the server has decided about this call. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof TRPCClientError)) return false;
  const status = error.data?.httpStatus ?? statusOf(error.cause);
  return typeof status !== 'number' || status === 429 || status >= 500;
}

/** The status of a response that was no event stream, as the event source has it. */
const statusOf = (cause: unknown): unknown =>
  typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;

/** Resolves early when the signal is aborted. */
function pause(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, PAUSE_MS);
    signal?.addEventListener('abort', finish, { once: true });
    if (signal?.aborted) finish();
  });
}
