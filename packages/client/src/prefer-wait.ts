import type { CallOptions } from './idempotency-key.js';

/** The name under which a call's context carries its wait to the links. */
const WAIT = 'preferredWait';

/**
 * Lets a creation wait for its run, for at most `seconds` (1 to 60), and answer with it:
 * `tenants.create.mutate(tenant, preferWait(30, idempotencyKey('order-4711')))` has `operation_run`. That is absent if the server
 * could not wait, and still running if the time was too short: `waitForRun` waits on.
 */
export function preferWait(seconds: number, options?: CallOptions): CallOptions {
  return { ...options, context: { ...options?.context, [WAIT]: seconds } };
}

/** The `Prefer` header of a call, or null if it does not wait. */
export function findPreference(context: Record<string, unknown>): string | null {
  const seconds = context[WAIT];
  return typeof seconds === 'number' ? `wait=${seconds}` : null;
}
