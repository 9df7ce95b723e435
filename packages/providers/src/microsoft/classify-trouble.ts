import type { ProviderReasonCode } from '@gangway/contract/reason-codes';
import type { Answer } from './answer.js';
import { findKnownCode } from './graph-codes.js';
import { readGraphError } from './read-graph-error.js';

/** What a 429 or a 5xx says of the service as a whole; null for anything else, which is about the request. */
export function classifyTrouble({ status, body }: Answer): ProviderReasonCode | null {
  // 509: the bandwidth of the application is used up. 501 will be the same the next time.
  if (status === 429 || status === 509) return 'provider.throttled';
  if (status < 500 || status === 501) return null;
  const known = findKnownCode(readGraphError(body).codes);
  return known?.reasonCode === 'provider.throttled' ? 'provider.throttled' : 'provider.unavailable';
}
