import type { ProviderReasonCode } from '@gangway/contract/reason-codes';
import type { Answer } from './answer.js';

const LONGEST_MS = 3_600_000;
/** Some limits, such as that of conditional access, name no wait; theirs are windows of seconds to a minute. */
const UNTOLD_WAIT_MS = 15_000;

/** The wait asked for by `Retry-After`, in seconds or as a date (RFC 9110); at most an hour, null where there is none. */
export function retryAfterMs(headers: Headers, now: Date): number | null {
  const value = headers.get('retry-after')?.trim();
  if (!value) return null;
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now.getTime();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_MS) : null;
}

/** How long to wait after an answer with this reason; null: as long as the caller likes. */
export function toWaitMs(reasonCode: ProviderReasonCode, { headers, at }: Answer): number | null {
  const told = retryAfterMs(headers, at);
  return reasonCode === 'provider.throttled' ? (told ?? UNTOLD_WAIT_MS) : told;
}
