import type { Quota } from '@gangway/domain/limits/call-limits';

/**
 * How the caller of one request stands, as the fields of draft-ietf-httpapi-ratelimit-headers-11 say it: for a user or
 * partner whose call succeeded, and for 429. Nothing else may carry a number that falls from call to call: what is refused,
 * and what anybody may ask, has to look the same for what exists and what does not.
 */
export class QuotaReport {
  readonly #quotas = new Map<string, Quota>();

  /** Of several calls in one request the last one counts. */
  readonly add = (quota: Quota): void => {
    if (quota.caller !== 'address' || quota.isExceeded) this.#quotas.set(quota.caller, quota);
  };

  toHeaders(): Record<string, string> {
    const quotas = [...this.#quotas.values()];
    if (quotas.length === 0) return {};
    return {
      'ratelimit-policy': quotas
        .map(({ caller, limit, windowSeconds }) => `"${caller}";q=${limit};w=${windowSeconds}`)
        .join(', '),
      ratelimit: quotas
        .map(({ caller, remaining, resetSeconds }) => `"${caller}";r=${remaining};t=${resetSeconds}`)
        .join(', '),
    };
  }
}
