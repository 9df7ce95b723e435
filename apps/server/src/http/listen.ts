import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectionLimits } from './connection-limits.js';
import type { OpenResponses } from './open-responses.js';

/** The address cannot be had; the message is one line that names the variable. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

export interface HttpServer {
  readonly port: number;
  /** From now on the app answers; before that everything is told to come back in a moment. */
  serve(app: RequestListener): void;
  /** Takes no more connections, ends event streams, lets requests finish within `drainMs`, then ends what is left. */
  close(drainMs: number): Promise<void>;
}

/** How long a client may leave an answer unread before its connection is closed. */
const UNREAD_MS = 120_000;

/** Takes the address, before anything else is started that would be in vain without it. @throws ListenError */
export async function listen(
  host: string,
  port: number,
  openResponses: OpenResponses,
  unreadMs: number = UNREAD_MS,
): Promise<HttpServer> {
  let answer: RequestListener = (_request, response) => {
    response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '2' });
    response.end('{"status":"starting"}');
  };
  // Longer than proxies keep an idle connection (60 s): who closes first must not be the one that is just used.
  const options = { requestTimeout: 60_000, headersTimeout: 20_000, keepAliveTimeout: 65_000 };
  const limits = new ConnectionLimits();
  const server = createServer(options, (request, response) => {
    if (limits.admit(request, response)) answer(request, response);
  });
  server.setTimeout(unreadMs, limits.closeIdle);
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw new ListenError(describe(error, host, port), { cause: error });
  }
  return {
    port: (server.address() as AddressInfo).port,
    serve(app) {
      answer = app;
    },
    async close(drainMs) {
      const closed = once(server, 'close');
      server.close();
      openResponses.endEventStreams();
      server.closeIdleConnections();
      const timeout = new AbortController();
      await Promise.race([closed, sleep(drainMs, null, { signal: timeout.signal })]);
      timeout.abort();
      server.closeAllConnections();
    },
  };
}

function describe(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `PORT ${port} on ${host} is in use by another program: stop it, or set PORT`;
  if (code === 'EACCES') return `PORT ${port} needs rights that this user does not have: set another PORT`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST ${host} is no address of this machine`;
  return `PORT ${port} on ${host} cannot be listened on (${String(code)})`;
}
