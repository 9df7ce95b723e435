import { setMaxListeners } from 'node:events';

const IDLE_MS = 2_000;

export interface OutboxLoop {
  /** Ends after what is being sent. */
  stop(): Promise<void>;
}

/**
 * Calls `deliverDue` for as long as the process lives: again at once while it finds something, else after a pause. What
 * it throws, such as a database that is away, is told and waited out.
 */
export function startOutboxLoop(
  deliverDue: (signal: AbortSignal) => Promise<number>,
  onError: (error: unknown) => void,
): OutboxLoop {
  const stopping = new AbortController();
  const { signal } = stopping;
  setMaxListeners(0, signal); // whatever is under way listens to it
  const running = (async () => {
    while (!signal.aborted) {
      const sent = await deliverDue(signal).catch((error: unknown) => {
        if (!signal.aborted) onError(error);
        return 0;
      });
      if (sent === 0) await idle(signal);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** The pause of a loop that found nothing. Ends early with the signal, and when `early` is settled. */
export function idle(signal: AbortSignal, early?: Promise<unknown>): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, IDLE_MS);
    signal.addEventListener('abort', end);
    void early?.finally(end);
  });
}
