import type { Evidence } from '@gangway/contract/operations';
import { PROVIDER_REASONS, type ProviderReasonCode } from '@gangway/contract/reason-codes';

/**
 * A classified failure of a call to the provider. `retryAfterMs` is the wait the provider asked for; null where it
 * named none. The message is our own wording: what the provider wrote is never kept.
 */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  constructor(
    readonly reasonCode: ProviderReasonCode,
    readonly evidence: Evidence | null,
    readonly retryAfterMs: number | null = null,
  ) {
    super(PROVIDER_REASONS[reasonCode].title);
  }

  /** Whether waiting alone can mend it. */
  get isRetryable(): boolean {
    return PROVIDER_REASONS[this.reasonCode].retry === 'yes';
  }
}
