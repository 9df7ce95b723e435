import { ApplicationFailure } from '@temporalio/common';

/** What was asked for can never be done: the documented type for those who start workflows themselves. */
export function validationError(message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, 'ValidationError');
}
