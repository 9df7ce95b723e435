import type { ProviderReasonCode } from '@gangway/contract/reason-codes';

/** Failures of undici that are about what was sent, not about the way there. */
const BROKEN_ANSWERS: ReadonlySet<string> = new Set([
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RESPONSE_CONTENT_LENGTH_MISMATCH',
  'HPE_INVALID_CONSTANT',
  'HPE_INVALID_HEADER_TOKEN',
  'HPE_INVALID_CHUNK_SIZE',
  'Z_DATA_ERROR',
  'Z_BUF_ERROR',
]);

/** The reason of a fetch that rejected, or whose body broke off. `isLate`: our own deadline had passed. */
export function classifyFetchFailure(error: unknown, isLate: boolean): ProviderReasonCode {
  if (isLate) return 'network.timeout';
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    if (/TIMEOUT|ETIMEDOUT/.test(code)) return 'network.timeout';
    if (BROKEN_ANSWERS.has(code) || code.startsWith('HPE_')) return 'provider.unexpected_response';
  }
  return 'network.unreachable';
}
