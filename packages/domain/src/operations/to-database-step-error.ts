import { StepError } from '@gangway/engine/port';
import { isUniqueViolation } from '../errors.js';
import { toAppError } from '../to-app-error.js';

/** What a statement of a tenant's creation failed with, in the engine's terms; anything else is passed on as it is. */
export function toDatabaseStepError(error: unknown): unknown {
  if (error instanceof StepError) return error;
  if (isUniqueViolation(error, 'tenants_email_key'))
    return new StepError('tenant.duplicate', { cause: error });
  if (isUniqueViolation(error, 'users_email_key')) return new StepError('user.duplicate', { cause: error });
  // Somebody took the name of the workspace in the same instant: the next attempt sees that and picks another.
  if (isUniqueViolation(error, 'workspaces_slug_key'))
    return new StepError('database.unavailable', { cause: error });
  const refusal = toAppError(error)?.refusal;
  if (refusal === 'unavailable') return new StepError('database.unavailable', { cause: error });
  // Too many hashes wait: the step comes back when they are done.
  if (refusal === 'too_many')
    return new StepError('internal.error', { retryable: true, retryAfterMs: 5_000, cause: error });
  return error;
}

/** Runs a step's effect with its failures translated. */
export async function withStepErrors<T>(effect: () => Promise<T>): Promise<T> {
  try {
    return await effect();
  } catch (error) {
    throw toDatabaseStepError(error);
  }
}
