import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';

/** Where a tunnel of a proxy ends. */
export interface TunnelEnd {
  readonly address: string;
  readonly port: number;
}

/**
 * Opens a tunnel to an address through an HTTP proxy (CONNECT, RFC 9110 section 9.3.6), with the user and password of the
 * proxy's URL. The caller destroys it.
 * @throws Error if the proxy cannot be reached, does not open it, or `signal` is aborted before
 */
export function openTunnel(proxy: URL, end: TunnelEnd, signal: AbortSignal): Promise<Socket> {
  const isSecure = proxy.protocol === 'https:';
  const authority = `${end.address.includes(':') ? `[${end.address}]` : end.address}:${end.port}`;
  const request = (isSecure ? httpsRequest : httpRequest)({
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || (isSecure ? 443 : 80),
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...authorization(proxy) },
    agent: false,
    signal,
  });
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('connect', ({ statusCode = 0 }, socket: Socket, head: Buffer) => {
      if (statusCode >= 200 && statusCode < 300) {
        if (head.length > 0) socket.unshift(head);
        return resolve(socket);
      }
      socket.destroy();
      reject(new Error(`The proxy answered ${statusCode}`));
    });
    request.end();
  });
}

function authorization({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}
