import { isIP } from 'node:net';
import type { RequestHandler } from 'express';

/**
 * Reduces `X-Forwarded-For` to plain addresses before Express reads it: some proxies add the client's port
 * (`203.0.113.7:51234`, `[2001:db8::7]:443`), and with it every connection would be a caller of its own.
 */
export const readForwardedFor: RequestHandler = (request, _response, next) => {
  const given = request.headers['x-forwarded-for'];
  if (given !== undefined) request.headers['x-forwarded-for'] = toForwardedFor(String(given));
  next();
};

/**
 * The addresses nearest to us, up to the first entry that is no address. Proxies append, so whatever stands left of such
 * an entry may come from the client; with nothing left of it the address of the socket counts.
 */
export function toForwardedFor(header: string): string {
  const addresses: string[] = [];
  for (const entry of header.split(',').toReversed()) {
    if (entry.trim() === '') continue;
    const address = toAddress(entry.trim());
    if (address === null) break;
    addresses.unshift(address);
  }
  return addresses.join(', ');
}

function toAddress(entry: string): string | null {
  const text = entry.replace(/^"(.*)"$/, '$1');
  const [, bracketed] = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text) ?? [];
  if (bracketed !== undefined) return isIP(bracketed) === 6 ? bracketed : null;
  const [, withPort] = /^([\d.]+):\d{1,5}$/.exec(text) ?? [];
  const address = withPort ?? text;
  return isIP(address) === 0 ? null : address;
}
