import { isIP } from 'node:net';
import { invalidField } from '../errors.js';
import { lookUpHost } from './look-up-host.js';
import { isPublicAddress } from './public-address.js';

/** Refuses addresses inside, and URLs with credentials. A name is looked up here for a clear answer; connecting looks again. @throws AppError invalid */
export async function requirePublicUrl(text: string): Promise<void> {
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw invalidField('url', 'Must not carry credentials');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host)
    ? [host]
    : await lookUpHost(host)
        .then((found) => found.map(({ address }) => address))
        .catch(() => []);
  // A name that does not resolve today may do so tomorrow; one that points inside is refused.
  if (addresses.some((address) => !isPublicAddress(address)) || host === 'localhost')
    throw invalidField('url', 'Must lead to a public address');
}
