import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the proxy does with a request instead of passing its response on. */
export type Fault =
  | { readonly kind: 'respond'; readonly status: number; readonly headers?: Record<string, string> }
  /** Ends the connection before the request is passed on. */
  | { readonly kind: 'drop' }
  /** Passes the request on, and ends the connection instead of its response. */
  | { readonly kind: 'lose' };

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
}

/** An HTTP proxy in front of a server whose faults a test names, each for one request, in order. */
export async function startUnreliableProxy(target: string) {
  const faults: Fault[] = [];
  const seen: SeenRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming;
    seen.push({ method, path: url, authorization: headers.authorization ?? '' });
    const fault = faults.shift();
    if (fault?.kind === 'drop') return void incoming.socket.destroy();
    if (fault?.kind === 'respond') return respond(outgoing, fault);
    const passed = request(new URL(url, target), { method, headers }, (response) => {
      if (fault?.kind === 'lose') {
        response.resume();
        return void incoming.socket.destroy();
      }
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
      response.on('error', () => outgoing.destroy());
    });
    passed.on('error', () => outgoing.destroy());
    outgoing.on('close', () => passed.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    faults,
    seen,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function respond(response: ServerResponse, fault: Extract<Fault, { kind: 'respond' }>): void {
  response.writeHead(fault.status, { 'content-type': 'text/html', ...fault.headers });
  response.end('<html>not JSON</html>');
}
