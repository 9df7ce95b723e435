import { performance } from 'node:perf_hooks';
import { RunReleasedError } from '../errors.js';

/** The steps of a run that wait for their next attempt while others of it run. */
export class RetryWaits {
  readonly #waits = new Map<number, { readonly dueAt: number; readonly release: (error: Error) => void }>();

  get size(): number {
    return this.#waits.size;
  }

  /** Milliseconds until the first of them is due. */
  get dueInMs(): number {
    const instants = [...this.#waits.values()].map(({ dueAt }) => dueAt);
    return Math.max(0, Math.min(...instants) - performance.now());
  }

  /**
   * Resolves after so many milliseconds, and when the signal is aborted.
   * @throws RunReleasedError when `release` is called meanwhile
   */
  async wait(position: number, delayMs: number, signal: AbortSignal): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let stop: () => void = () => undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        stop = resolve;
        this.#waits.set(position, { dueAt: performance.now() + delayMs, release: reject });
        // A timer cannot be set further ahead than 24 days.
        timer = setTimeout(resolve, Math.min(delayMs, 2_000_000_000));
        signal.addEventListener('abort', stop, { once: true });
        if (signal.aborted) resolve();
      });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      this.#waits.delete(position);
    }
  }

  /** Ends all waits: the run leaves this worker until the first of them is due. */
  release(): void {
    const error = new RunReleasedError({ dueInMs: this.dueInMs, isWait: true });
    for (const { release } of this.#waits.values()) release(error);
  }
}
