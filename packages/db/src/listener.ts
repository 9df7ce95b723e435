import type pg from 'pg';
import { escapeIdentifier } from './connection/escape.js';
import { openConnection, type ConnectionInput } from './connection/open-connection.js';

export type Unlisten = () => Promise<void>;
type Handler = (payload: string | null) => void;

const RECONNECT_AFTER_MS = 500;
/** A connection that fell silent says nothing of it: it is asked so often, and given up if it does not answer. */
const HEARTBEAT_MS = 15_000;
const ANSWER_WITHIN_MS = 5_000;

/** One connection for all LISTENs of a process. It is opened by the first of them and comes back when it is lost. */
export class Listener {
  readonly #input: ConnectionInput;
  readonly #handlers = new Map<string, Set<Handler>>();
  #client: Promise<pg.Client> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(input: ConnectionInput) {
    this.#input = { ...input, queryTimeoutMs: ANSWER_WITHIN_MS };
  }

  async listen(channel: string, handler: Handler): Promise<Unlisten> {
    const handlers = this.#handlers.get(channel) ?? new Set();
    this.#handlers.set(channel, handlers.add(handler));
    try {
      await this.#run(`LISTEN ${escapeIdentifier(channel)}`);
    } catch (error) {
      handlers.delete(handler);
      throw error;
    }
    return async () => {
      handlers.delete(handler);
      if (handlers.size > 0 || this.#isClosed) return;
      this.#handlers.delete(channel);
      // With the connection gone there is nothing to take back.
      if (this.#client) await this.#run(`UNLISTEN ${escapeIdentifier(channel)}`).catch(() => undefined);
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#handlers.clear();
    await this.#client?.then((client) => client.end()).catch(() => undefined);
  }

  /** Runs a statement on the connection, which is given up if it fails: its event `end` brings the next one. */
  async #run(statement: string): Promise<void> {
    this.#client ??= this.#connect();
    const client = await this.#client;
    try {
      await client.query(statement);
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
  }

  async #connect(): Promise<pg.Client> {
    try {
      const client = await openConnection(this.#input);
      client.on('notification', ({ channel, payload }) => this.#notify(channel, payload ?? ''));
      const heartbeat = setInterval(() => void this.#run('SELECT 1').catch(() => undefined), HEARTBEAT_MS);
      client.once('end', () => {
        clearInterval(heartbeat);
        this.#reconnectSoon();
      });
      return client;
    } catch (error) {
      this.#reconnectSoon();
      throw error;
    }
  }

  #reconnectSoon(): void {
    this.#client = undefined;
    if (this.#isClosed || this.#retry || this.#handlers.size === 0) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#reconnect().catch(() => undefined); // the end of that connection has planned the next attempt
    }, RECONNECT_AFTER_MS);
  }

  async #reconnect(): Promise<void> {
    for (const channel of this.#handlers.keys()) await this.#run(`LISTEN ${escapeIdentifier(channel)}`);
    for (const channel of this.#handlers.keys()) this.#notify(channel, null);
  }

  #notify(channel: string, payload: string | null): void {
    for (const handler of this.#handlers.get(channel) ?? []) handler(payload);
  }
}
