import pg from 'pg';

export type Unlisten = () => Promise<void>;
type Handler = (payload: string | null) => void;

const RECONNECT_AFTER_MS = 500;

/** One connection for all LISTENs of a process. It is opened by the first of them and comes back when it is lost. */
export class Listener {
  readonly #config: pg.ClientConfig;
  readonly #handlers = new Map<string, Set<Handler>>();
  #client: Promise<pg.Client> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(config: pg.ClientConfig) {
    this.#config = config;
  }

  async listen(channel: string, handler: Handler): Promise<Unlisten> {
    const handlers = this.#handlers.get(channel) ?? new Set();
    this.#handlers.set(channel, handlers.add(handler));
    try {
      const client = await this.#connected();
      await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      handlers.delete(handler);
      throw error;
    }
    return async () => {
      handlers.delete(handler);
      if (handlers.size > 0 || this.#isClosed) return;
      this.#handlers.delete(channel);
      // With the connection gone there is nothing to take back.
      await this.#client
        ?.then((open) => open.query(`UNLISTEN ${pg.escapeIdentifier(channel)}`))
        .catch(() => undefined);
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#handlers.clear();
    await this.#client?.then((client) => client.end()).catch(() => undefined);
  }

  #connected(): Promise<pg.Client> {
    this.#client ??= this.#connect();
    return this.#client;
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client(this.#config);
    client.on('notification', ({ channel, payload }) => this.#tell(channel, payload ?? ''));
    let isLost = false;
    const lose = () => {
      if (!isLost) this.#reconnectSoon();
      isLost = true;
    };
    client.on('error', lose);
    client.on('end', lose);
    try {
      await client.connect();
    } catch (error) {
      lose();
      throw error;
    }
    return client;
  }

  #reconnectSoon(): void {
    this.#client = undefined;
    if (this.#isClosed || this.#retry || this.#handlers.size === 0) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#reconnect().catch(() => undefined); // #connect has planned the next attempt
    }, RECONNECT_AFTER_MS);
  }

  async #reconnect(): Promise<void> {
    const client = await this.#connected();
    for (const channel of this.#handlers.keys()) await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    for (const channel of this.#handlers.keys()) this.#tell(channel, null);
  }

  #tell(channel: string, payload: string | null): void {
    for (const handler of this.#handlers.get(channel) ?? []) handler(payload);
  }
}
