import type { Evidence } from '@gangway/contract/operations';
import { PROVIDER_REASONS, type ProviderReasonCode, type WhoFixes } from '@gangway/contract/reason-codes';

/** What is known of one failure beyond its reason code: in our own words, and in place of the catalogue's. */
export interface Advice {
  readonly remedy?: string;
  readonly whoFixes?: WhoFixes;
}

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
    readonly advice: Advice = {},
  ) {
    super(PROVIDER_REASONS[reasonCode].title);
  }

  /** Whether waiting alone can mend it. */
  get isRetryable(): boolean {
    return PROVIDER_REASONS[this.reasonCode].retry === 'yes';
  }
}
