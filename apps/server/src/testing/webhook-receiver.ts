import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface WebhookReceiver {
  readonly port: number;
  /** The ids of the events that came, in their order, by path. */
  readonly received: Map<string, { readonly id: string; readonly at: number }[]>;
  /** Every connection that was made to it. */
  readonly connections: number;
  /** How many requests of a path still wait for the end of their answer. */
  open(path: string): number;
  close(): Promise<void>;
}

/** A partner's server, which treats each path in a way of its own. */
export async function createWebhookReceiver(
  treatments: Readonly<Record<string, (response: ServerResponse) => void>>,
): Promise<WebhookReceiver> {
  const received: WebhookReceiver['received'] = new Map();
  const sockets = new Set<Socket>();
  const open = new Map<string, number>();
  const count = (path: string, more: number) => open.set(path, (open.get(path) ?? 0) + more);
  let connections = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    count(path, 1);
    response.on('close', () => count(path, -1));
    request.resume().on('end', () => {
      const item = { id: String(request.headers['webhook-id']), at: Date.now() };
      received.set(path, [...(received.get(path) ?? []), item]);
      (treatments[path] ?? ((other) => void other.writeHead(404).end()))(response);
    });
  });
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    received,
    get connections() {
      return connections;
    },
    open: (path) => open.get(path) ?? 0,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
