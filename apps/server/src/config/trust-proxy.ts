import { isIP } from 'node:net';

/** What Express calls "trust proxy": nobody, a number of hops, or the addresses of the proxies. */
export type TrustProxy = false | number | readonly string[];

/** Null where the text is none of them. */
export function parseTrustProxy(text: string): TrustProxy | null {
  if (text === '0') return false;
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const addresses = text.split(',').map((part) => part.trim());
  return addresses.every(isAddressRange) ? addresses : null;
}

// As Express takes it: a subnet of at least one bit, and no zone.
function isAddressRange(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...more] = text.split('/');
  const family = address.includes('%') ? 0 : isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
