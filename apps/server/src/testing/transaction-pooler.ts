import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface TransactionPooler {
  readonly url: string;
  close(): Promise<void>;
}

const BACKEND_KEY_DATA = 'K'.charCodeAt(0);
const READY_FOR_QUERY = 'Z'.charCodeAt(0);
const TERMINATE = 'X'.charCodeAt(0);

/**
 * What a pooler in transaction mode with one backend looks like: every client logs in, is given a key that is no backend's,
 * and all of them then share the backend of the first. Enough for clients that speak one after the other.
 */
export async function createTransactionPooler(databaseUrl: string): Promise<TransactionPooler> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let shared: Socket | undefined;
  let speaker: Socket | undefined;
  const proxy = createServer((client) => {
    const server = connect(Number(target.port), target.hostname);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    let hasStarted = false;
    server.on('data', (data: Buffer) => {
      if (!hasStarted) hasStarted = disguise(data);
      if (hasStarted) shared ??= server;
      (server === shared ? (speaker ?? client) : client).write(data);
    });
    client.on('data', (data: Buffer) => {
      if (!hasStarted) return void server.write(data);
      if (data[0] === TERMINATE) return void client.end();
      speaker = client;
      shared?.write(data);
    });
    client.on('close', () => {
      if (server !== shared) server.destroy();
    });
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const url = new URL(databaseUrl);
  url.port = String((proxy.address() as AddressInfo).port);
  return {
    url: url.href,
    async close() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}

/** Replaces the backend's id in the messages of a start, and says whether the start is complete. */
function disguise(data: Buffer): boolean {
  for (let at = 0; at + 5 <= data.length; at += 1 + data.readInt32BE(at + 1)) {
    if (data[at] === BACKEND_KEY_DATA) data.writeInt32BE(1, at + 5);
    if (data[at] === READY_FOR_QUERY) return true;
  }
  return false;
}
