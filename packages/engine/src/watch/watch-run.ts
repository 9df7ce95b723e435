import type { RunEvent } from '@gangway/contract/operations';
import type { WatchHub } from './hub.js';

export interface Watch<Who> {
  readonly operationRunId: string;
  readonly who: Who;
  /** The last event the watcher has; 0 for none. */
  readonly afterSeq: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The events of a run after `afterSeq`, each once and in order, as they happen. Ends after `run.finished`, when the
 * signal is aborted, when the hub stops, and when the watcher may no longer look.
 */
export async function* watchRun<Who>(
  hub: WatchHub<Who>,
  watch: Watch<Who>,
): AsyncGenerator<RunEvent, void, void> {
  const { operationRunId, who, signal } = watch;
  const queue: (RunEvent | 'cut')[] = [];
  let wake: () => void = () => undefined;
  const push = (event: RunEvent | 'cut') => {
    queue.push(event);
    wake();
  };
  const cut = () => push('cut');
  if (signal?.aborted) return;
  signal?.addEventListener('abort', cut, { once: true });
  let leave: (() => void) | undefined;
  let seen = watch.afterSeq;
  try {
    // Joining comes first: an event that is stored meanwhile is in both lists, and its number says so.
    const joined = await hub.join({ operationRunId, who }, push);
    const { stored } = joined;
    leave = joined.leave;
    // A parked run that is resumed goes on after its first end: only where the newest event is an end, that is the end.
    for (let at = 0, hasEnded = false; ;) {
      const next = at < stored.length ? stored[at++] : queue.shift();
      if (next === 'cut' || queue.includes('cut')) return;
      if (next === undefined) {
        if (hasEnded) return;
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      hasEnded = next.kind === 'run.finished';
      if (next.seq <= seen) continue;
      seen = next.seq;
      yield next;
    }
  } finally {
    signal?.removeEventListener('abort', cut);
    leave?.();
  }
}
