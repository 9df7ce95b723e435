import type { WebhookFailure } from '@gangway/contract/provisioning/webhooks';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { lookUpHost } from './look-up-host.js';

const TIMEOUT_MS = 10_000;

/** Nobody answered. */
export class WebhookFailed extends Error {
  override readonly name = 'WebhookFailed';

  constructor(
    readonly failure: Exclude<WebhookFailure, 'http_status'>,
    cause?: unknown,
  ) {
    super(failure, { cause });
  }
}

/**
 * Posts to a partner's server and gives the status it answers with; redirects are not followed and nothing of the body is
 * kept. The address is checked when it is connected to, so that a name cannot point elsewhere by then.
 * `stop` breaks it off. @throws WebhookFailed
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
  if (isIP(host) && !isAllowed(host)) return Promise.reject(new WebhookFailed('private_address'));
  const checkedLookup: LookupFunction = (name, options, callback) => {
    lookUpHost(name).then(
      (found) => {
        const [first] = found;
        if (!first) return callback(new WebhookFailed('dns'), '');
        if (found.some(({ address }) => !isAllowed(address)))
          return callback(new WebhookFailed('private_address'), '');
        if (options.all) return callback(null, found);
        callback(null, first.address, first.family);
      },
      (error: unknown) => callback(new WebhookFailed('dns', error), ''),
    );
  };
  const isSecure = url.protocol === 'https:';
  const send = isSecure ? httpsRequest : httpRequest;
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
    let isGreeting = false;
    request.on('socket', (socket) => {
      socket.once('connect', () => (isGreeting = isSecure));
      socket.once('secureConnect', () => (isGreeting = false));
    });
    const breakOff = () => request.destroy(new WebhookFailed('timeout'));
    const timer = setTimeout(breakOff, TIMEOUT_MS);
    stop.addEventListener('abort', breakOff);
    // An answer all the same, though nobody asked for another protocol.
    request.on('upgrade', (response, socket) => {
      resolve(response.statusCode ?? 0);
      socket.destroy();
    });
    request.on('close', () => {
      clearTimeout(timer);
      stop.removeEventListener('abort', breakOff);
      reject(new WebhookFailed('connection')); // whatever else happened was told before
    });
    request.on('error', (error) => {
      const failed = new WebhookFailed(isGreeting ? 'tls' : 'connection', error);
      reject(error instanceof WebhookFailed ? error : failed);
    });
    if (stop.aborted) breakOff();
    request.end(body);
  });
}
