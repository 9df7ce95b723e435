import type { PartnerScope } from '@gangway/domain/access/scope';
import type { ApiContext, WatchRun } from './context.js';
import { toPreferredWait } from './preferred-wait.js';
import { toWatcher } from './provisioning/run-events.js';

/** How long a call wants to wait for the run that it starts. */
export interface RunWait {
  /** As `Preference-Applied` names it. */
  readonly seconds: number;
  readonly watch: WatchRun;
  /** Aborted when the client has left. */
  readonly gone: AbortSignal;
  /** When the call began, by `performance.now()`: the seconds count from there. */
  readonly begunAt: number;
}

/** The wait that a request prefers; null without one. */
export function toRunWait(prefer: string | undefined, wait: Pick<RunWait, 'watch' | 'gone'>): RunWait | null {
  const seconds = toPreferredWait(prefer);
  return seconds === null ? null : { ...wait, seconds, begunAt: performance.now() };
}

/** The same for a procedure. Ignored in a batch of several: its calls have one header, and none of them may hold up the others. */
export function toWaitOfCall({
  ctx: { prefer, isBatch, watch },
  signal = new AbortController().signal,
}: {
  readonly ctx: ApiContext;
  readonly signal?: AbortSignal | undefined;
}): RunWait | null {
  return isBatch ? null : toRunWait(prefer, { watch, gone: signal });
}

/**
 * Resolves when the run has ended or is parked, the time is over, the client has left, the credential has ended, or the
 * server ends its streams.
 */
export async function waitForRun(
  scope: PartnerScope,
  operationRunId: string,
  { seconds, watch, gone, begunAt }: RunWait,
): Promise<void> {
  const over = new AbortController();
  const end = () => over.abort();
  const timer = setTimeout(end, begunAt + seconds * 1_000 - performance.now());
  gone.addEventListener('abort', end, { once: true });
  if (gone.aborted) end();
  try {
    const events = watch(toWatcher(scope), operationRunId, 0, over.signal)[Symbol.asyncIterator]();
    let next = await events.next();
    while (!next.done) next = await events.next();
  } finally {
    clearTimeout(timer);
    gone.removeEventListener('abort', end);
  }
}
