import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { lookUpHost } from './look-up-host.js';

const TIMEOUT_MS = 10_000;

/** The address lies inside. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/**
 * Posts to a partner's server and gives the status it answers with; redirects are not followed and nothing of the body is
 * kept. The address is checked when it is connected to, so that a name cannot point elsewhere by then.
 * `stop` breaks it off. @throws AddressRefused, or what the connection fails with
 */
export function postWebhook(
  url: URL,
  headers: Record<string, string>,
  body: string,
  isAllowed: (address: string) => boolean,
  stop: AbortSignal,
): Promise<number> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // Node looks up names only: an address that stands in the URL itself is checked here.
  if (isIP(host) && !isAllowed(host)) return Promise.reject(new AddressRefused());
  const checkedLookup: LookupFunction = (name, options, callback) => {
    lookUpHost(name).then(
      (found) => {
        const [first] = found;
        if (!first) return callback(new Error('No address'), '');
        if (found.some(({ address }) => !isAllowed(address))) return callback(new AddressRefused(), '');
        if (options.all) return callback(null, found);
        callback(null, first.address, first.family);
      },
      (error: Error) => callback(error, ''),
    );
  };
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const all = {
      ...headers,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'Gangway-Webhooks/1',
    };
    const request = send(
      url,
      { method: 'POST', headers: all, lookup: checkedLookup, agent: false },
      (response) => {
        resolve(response.statusCode ?? 0);
        // A long answer is not waited for.
        response.destroy();
      },
    );
    const breakOff = () => request.destroy(new Error('Broken off'));
    const timer = setTimeout(breakOff, TIMEOUT_MS);
    stop.addEventListener('abort', breakOff);
    request.on('close', () => {
      clearTimeout(timer);
      stop.removeEventListener('abort', breakOff);
    });
    request.on('error', reject);
    if (stop.aborted) breakOff();
    request.end(body);
  });
}
