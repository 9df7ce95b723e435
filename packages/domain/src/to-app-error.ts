import { isUnavailable } from '@gangway/db/is-unavailable';
import { RunConflictError, RunNotFoundError, StepError } from '@gangway/engine/port';
import { AppError } from './errors.js';

/** Turns whatever a verb threw into a refusal, for every transport; what nobody expected becomes null. */
export function toAppError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (error instanceof RunConflictError) return new AppError('conflict', error.reasonCode);
  if (error instanceof RunNotFoundError) return new AppError('not_found', 'resource.not_found');
  if (error instanceof StepError && error.reasonCode === 'validation.failed')
    return new AppError('invalid', 'validation.failed');
  if (isUnavailable(error)) return new AppError('unavailable', 'database.unavailable', { retryAfter: 2 });
  return null;
}
