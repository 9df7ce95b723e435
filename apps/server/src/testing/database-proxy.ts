import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface DatabaseProxy {
  /** The database as it is reached through the proxy. */
  readonly url: string;
  /** Ends all connections with a reset. */
  reset(): void;
  /** From now on nothing passes on the connections there are, and nobody is told. New ones are fine. */
  freeze(): void;
  /** Lets everything through to the database, and after `ms` resets instead of passing on what it answered. */
  loseAnswers(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** Stands between a server and its PostgreSQL, on loopback. */
export async function createDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const pairs = new Set<{ client: Socket; server: Socket }>();
  const proxy = createServer((client) => {
    const server = connect(Number(target.port), target.hostname);
    const pair = { client, server };
    pairs.add(pair);
    client.pipe(server);
    server.pipe(client);
    for (const socket of [client, server]) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pairs.delete(pair);
        client.destroy();
        server.destroy();
      });
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((proxy.address() as AddressInfo).port);
  const reset = () => {
    for (const { client, server } of pairs) {
      client.resetAndDestroy();
      server.destroy();
    }
  };
  return {
    url: url.href,
    reset,
    freeze() {
      for (const { client, server } of pairs) {
        client.unpipe(server).pause();
        server.unpipe(client).pause();
      }
    },
    async loseAnswers(ms) {
      for (const { client, server } of pairs) server.unpipe(client).resume();
      await new Promise((resolve) => setTimeout(resolve, ms));
      reset();
    },
    async close() {
      reset();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
