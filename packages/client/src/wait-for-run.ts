import { anySignal } from 'any-signal';
import type { GangwayClient } from './create-client.js';
import { OperationRunError } from './gangway-error.js';
import { watchRun, type OperationRun } from './watch-run.js';

export interface WaitOptions {
  /** Milliseconds. Without it the wait takes as long as the run. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Waits until a run has ended and gives it, across lost connections and restarts of the server. The run of a creation has
 * `result.temporary_password` if this credential started it and nobody has read it before.
 * @throws a Gangway error with the run's reason code if it failed, was cancelled or is parked (`data.run.held`), the error of
 * the call if the run cannot be read, `AbortError` for `signal`, and `TimeoutError` after `timeoutMs`: the run goes on then.
 */
export async function waitForRun(
  client: GangwayClient,
  operationRunId: string,
  { timeoutMs, signal }: WaitOptions = {},
): Promise<OperationRun> {
  const timeout = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
  const until = anySignal([signal, timeout]);
  try {
    for await (const { kind } of watchRun(client, operationRunId, { signal: until }))
      if (kind === 'run.finished') break;
    until.throwIfAborted();
    const run = await client.provisioning.operationRuns.get.mutate(
      { operation_run_id: operationRunId },
      { signal: until },
    );
    if (run.status === 'succeeded') return run;
    throw new OperationRunError(run);
  } finally {
    // The caller's signal may live as long as their process.
    until.clear();
  }
}
