import { StepError } from '@gangway/engine/step';
import { ProviderError } from '@gangway/providers/errors';

/** What the provider failed with, in the engine's terms; anything else is passed on as it is. */
export function toStepError(error: unknown): unknown {
  if (!(error instanceof ProviderError)) return error;
  const { evidence, retryAfterMs, isRetryable } = error;
  return new StepError(error.reasonCode, { evidence, retryAfterMs, retryable: isRetryable, cause: error });
}
