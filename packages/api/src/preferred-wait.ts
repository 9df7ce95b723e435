/** A longer wait would meet the timeouts of proxies. */
export const MAX_WAIT_SECONDS = 60;

/** One preference with its parameters, up to the comma that ends it; commas in quoted strings do not (RFC 7240, 2). */
const PREFERENCE = /(?:[^,"]|"(?:[^"\\]|\\.)*(?:"|$))+/g;

/**
 * The seconds of `Prefer: wait=N` (RFC 7240, 4.3), at most {@link MAX_WAIT_SECONDS}: N is an upper bound, so an earlier answer
 * honours it. Null without it. As the RFC wants it, the first `wait` counts, and what is not understood is ignored; 0 is
 * nothing to wait for.
 */
export function toPreferredWait(header: string | undefined): number | null {
  const preferences = header?.match(PREFERENCE) ?? [];
  const wait = preferences.find((preference) => /^\s*wait\s*(?:[=;]|$)/i.test(preference));
  const [, digits = '0'] = /^[^=;]*=\s*"?(\d+)"?\s*(?:;|$)/.exec(wait ?? '') ?? [];
  return Math.min(Number(digits), MAX_WAIT_SECONDS) || null;
}
