/** The name under which a call's context carries its key to the links. */
const KEY = 'idempotencyKey';

/** Options of a call, for the second argument of a procedure. */
export interface CallOptions {
  readonly context: Record<string, unknown>;
}

/**
 * Makes repeated calls one: `tenants.create.mutate(tenant, idempotencyKey('order-4711'))` can be sent again with the same
 * input, by the client itself or by you, and has its effect once. Kept for 24 hours, for what REST has as `POST`. Another
 * input under the same key is rejected with `idempotency.mismatch`.
 */
export function idempotencyKey(key: string): CallOptions {
  return { context: { [KEY]: key } };
}

/** The same as {@link idempotencyKey}, by its first name. */
export const once = idempotencyKey;

/** The key of a call, or null if it has none. */
export function findIdempotencyKey(context: Record<string, unknown>): string | null {
  const key = context[KEY];
  return typeof key === 'string' ? key : null;
}
