import { isUnavailable } from '@gangway/db/is-unavailable';
import { isSerializationFailure } from '@gangway/db/transaction';

/**
 * Whether the database failed in a way that passes: away, or asking for the same once more. Whether the statement took
 * effect is unknown. What an effect threw is looked at through whatever wraps it.
 */
export function isTransient(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 5) return false;
  return isUnavailable(error) || isSerializationFailure(error) || isTransient(error.cause, depth + 1);
}
