import { isIpRange } from './ip-range.js';

/** What Express calls "trust proxy": nobody, a number of hops, or the addresses of the proxies. */
export type TrustProxy = false | number | readonly string[];

/** Null where the text is none of them. */
export function parseTrustProxy(text: string): TrustProxy | null {
  if (text === '0') return false;
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const addresses = text.split(',').map((part) => part.trim());
  return addresses.every(isAddressRange) ? addresses : null;
}

// As Express takes it.
function isAddressRange(text: string): boolean {
  return ['loopback', 'linklocal', 'uniquelocal'].includes(text) || isIpRange(text);
}
