import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

export interface ConnectProxy {
  readonly url: string;
  /** What tunnels were asked for, as `address:port`, and by whom. */
  readonly asked: { readonly authority: string; readonly authorization: string | undefined }[];
  /** The status of its next answers; 200 opens a tunnel. */
  status: number;
  close(): Promise<void>;
}

/** A real HTTP proxy on this machine. All its tunnels end at `127.0.0.1:port`, wherever they were asked to. */
export async function startConnectProxy(port: () => number): Promise<ConnectProxy> {
  const sockets = new Set<Socket>();
  const asked: ConnectProxy['asked'] = [];
  const server = createServer();
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', (request, client: Socket) => {
    asked.push({ authority: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    client.on('error', () => undefined);
    if (proxy.status !== 200) return client.end(`HTTP/1.1 ${proxy.status} No\r\n\r\n`);
    const target = connect(port(), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(target).pipe(client);
    });
    sockets.add(target);
    target.on('error', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: ConnectProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    status: 200,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}
