import { StepError } from '@gangway/engine/port';
import { ProviderError } from '@gangway/providers/errors';

/** A call that fails for so long is not only unlucky. What spreads inside Microsoft is bounded by the provider. */
const ATTEMPTS = 3;

/** What the provider failed with, in the engine's terms; anything else is passed on as it is. */
export function toStepError(error: unknown, attempt: number): unknown {
  if (!(error instanceof ProviderError)) return error;
  const { reasonCode, evidence, retryAfterMs, isRetryable } = error;
  const isBounded = reasonCode.endsWith('.propagating');
  const retryable = isRetryable && (isBounded || attempt < ATTEMPTS);
  return new StepError(reasonCode, { evidence, retryAfterMs, retryable, cause: error });
}
