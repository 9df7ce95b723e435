import { anySignal } from 'any-signal';
import { LeaseLostError } from './errors.js';
import { isTransient } from './store/is-transient.js';
import { StepError } from './step.js';

export type AttemptResult<T> =
  | { readonly kind: 'done'; readonly output: T }
  | { readonly kind: 'failed'; readonly error: StepError }
  /** `signal` was aborted from outside: cancelled, drained, or the lease is lost. */
  | { readonly kind: 'interrupted' };

export interface Attempt<T> {
  readonly effect: (signal: AbortSignal) => Promise<T>;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** How long an effect may take to notice that it was aborted, before it is left behind. */
  readonly graceMs: number;
}

/** Runs one effect once, in bounded time, and names its failure. Rejects only with LeaseLostError. */
export async function attemptStep<T>(attempt: Attempt<T>): Promise<AttemptResult<T>> {
  if (attempt.signal.aborted) return { kind: 'interrupted' };
  const timeout = new AbortController();
  const timer = setTimeout(
    () => timeout.abort(new StepError('run.timeout', { retryable: true })),
    attempt.timeoutMs,
  );
  // AbortSignal.any would never be collected: Node keeps what it returns for as long as somebody listens to it.
  const signal = anySignal([attempt.signal, timeout.signal]);
  const grace = startGraceOnAbort(signal, attempt.graceMs);
  try {
    const output = await Promise.race([attempt.effect(signal), grace.expired]);
    return { kind: 'done', output };
  } catch (error) {
    if (error instanceof LeaseLostError) throw error;
    if (attempt.signal.aborted) return { kind: 'interrupted' };
    if (timeout.signal.aborted) return { kind: 'failed', error: timeout.signal.reason as StepError };
    return { kind: 'failed', error: toStepError(error) };
  } finally {
    clearTimeout(timer);
    grace.clear();
    signal.clear();
  }
}

/** Unknown errors are tried again: most of them pass, and the policy bounds the attempts. */
export function toStepError(error: unknown): StepError {
  if (error instanceof StepError) return error;
  if (isTransient(error)) return new StepError('database.unavailable', { cause: error });
  return new StepError('internal.error', { retryable: true, cause: error });
}

/** `expired` rejects `graceMs` after the abort, unless `clear` is called before. */
function startGraceOnAbort(signal: AbortSignal, graceMs: number) {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    const start = () => {
      timer = setTimeout(() => reject(new Error('The effect ignored its abort signal')), graceMs).unref();
    };
    signal.addEventListener('abort', start, { once: true });
  });
  return { expired, clear: () => clearTimeout(timer) };
}
