import type { WebhookFailure } from '@gangway/contract/provisioning/webhooks';
import type { LookupAddress } from 'node:dns';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { anySignal } from 'any-signal';
import { lookUpHost } from './look-up-host.js';
import { openTunnel, type TunnelEnd } from './open-tunnel.js';
import { isProxied, type WebhookProxy } from './webhook-proxy.js';

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
 * kept. The address is checked when it is connected to, so that a name cannot point elsewhere by then; a proxy is asked for
 * the address that was checked, not for the name (decision 043). `stop` breaks it off. @throws WebhookFailed
 */
export async function postWebhook(
  url: URL,
  headers: Record<string, string>,
  body: string,
  isAllowed: (address: string) => boolean,
  stop: AbortSignal,
  proxy: WebhookProxy | null = null,
): Promise<number> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // Node looks up names only: an address that stands in the URL itself is checked here.
  if (isIP(host) && !isAllowed(host)) throw new WebhookFailed('private_address');
  if (proxy === null || !isProxied(url, proxy))
    return send(url, headers, body, { lookup: createLookup(isAllowed), agent: false }, stop);
  const isSecure = url.protocol === 'https:';
  const [found] = isIP(host) ? [{ address: host }] : await findAllowed(host, isAllowed);
  const end = { address: found.address, port: Number(url.port) || (isSecure ? 443 : 80) };
  const tunnel = await connectThrough(new URL(proxy.url), end, stop);
  try {
    const servername = isIP(host) ? {} : { servername: host };
    const createConnection = () => (isSecure ? tlsConnect({ socket: tunnel, host, ...servername }) : tunnel);
    return await send(url, headers, body, { createConnection }, stop);
  } finally {
    tunnel.destroy();
  }
}

/** The addresses of a host, all of which are allowed. @throws WebhookFailed */
async function findAllowed(
  host: string,
  isAllowed: (address: string) => boolean,
): Promise<[LookupAddress, ...LookupAddress[]]> {
  const [first, ...others] = await lookUpHost(host).catch((error: unknown) => {
    throw new WebhookFailed('dns', error);
  });
  if (!first) throw new WebhookFailed('dns');
  if ([first, ...others].some(({ address }) => !isAllowed(address)))
    throw new WebhookFailed('private_address');
  return [first, ...others];
}

/** {@link findAllowed} as Node asks for it when it connects. */
function createLookup(isAllowed: (address: string) => boolean): LookupFunction {
  return (name, options, callback) => {
    findAllowed(name, isAllowed).then(
      (found) => (options.all ? callback(null, found) : callback(null, found[0].address, found[0].family)),
      (error: WebhookFailed) => callback(error, ''),
    );
  };
}

async function connectThrough(proxy: URL, end: TunnelEnd, stop: AbortSignal): Promise<Socket> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = anySignal([stop, timeout]);
  try {
    return await openTunnel(proxy, end, signal);
  } catch (error) {
    throw new WebhookFailed(signal.aborted ? 'timeout' : 'connection', error);
  } finally {
    signal.clear();
  }
}

/** How a request gets its connection: by looking up its host, or over one that is there. */
type Way = Pick<RequestOptions, 'lookup' | 'agent' | 'createConnection'>;

function send(
  url: URL,
  headers: Record<string, string>,
  body: string,
  way: Way,
  stop: AbortSignal,
): Promise<number> {
  const isSecure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const all = {
      ...headers,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'Gangway-Webhooks/1',
    };
    const request = (isSecure ? httpsRequest : httpRequest)(
      url,
      { method: 'POST', headers: all, ...way },
      (response) => {
        resolve(response.statusCode ?? 0);
        // A long answer is not waited for.
        response.destroy();
      },
    );
    // A tunnel is connected already.
    let isGreeting = isSecure && way.createConnection !== undefined;
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
