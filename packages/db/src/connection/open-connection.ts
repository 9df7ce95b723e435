import pg from 'pg';
import { ConnectionError, toConnectionError } from './connection-error.js';
import { readDatabaseUrl } from './database-url.js';
import { setUpSession, type SessionInput } from './session.js';

/** A session on the database of a URL. */
export interface ConnectionInput extends Omit<SessionInput, 'schema'> {
  readonly url: string;
  /** Default: the `?schema=` of the URL. */
  readonly schema?: string | undefined;
  readonly applicationName?: string;
  /** Milliseconds. Default 10,000. */
  readonly connectTimeoutMs?: number;
  /** Milliseconds after which a statement is given up on our side. Default: never. */
  readonly queryTimeoutMs?: number;
}

/** The driver's settings, and the session's, for one input. */
export function readConnectionInput(input: ConnectionInput): {
  driver: pg.ClientConfig;
  session: SessionInput;
} {
  const { connectionString, schema } = readDatabaseUrl(input.url);
  return {
    driver: {
      connectionString,
      connectionTimeoutMillis: input.connectTimeoutMs ?? 10_000,
      keepAlive: true,
      ...(input.applicationName === undefined ? {} : { application_name: input.applicationName }),
      ...(input.queryTimeoutMs === undefined ? {} : { query_timeout: input.queryTimeoutMs }),
    },
    session: { ...input, schema: input.schema ?? schema },
  };
}

/**
 * Opens one connection. Like every connection of ours it has an `error` listener for life: a lost one is reported by the
 * statement that meets it, or by the event `end`, and never ends the process. The caller ends it.
 * @throws ConnectionError
 */
export async function openConnection(input: ConnectionInput): Promise<pg.Client> {
  let client: pg.Client | undefined;
  try {
    const { driver, session } = readConnectionInput(input);
    client = new pg.Client(driver);
    client.on('error', () => undefined);
    await client.connect();
    await setUpSession(client, session);
    return client;
  } catch (error) {
    void client?.end().catch(() => undefined);
    throw error instanceof ConnectionError ? error : toConnectionError(error);
  }
}

/** Does the work on a connection of its own, which is ended afterwards. @throws ConnectionError */
export async function withConnection<T>(
  input: ConnectionInput,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await openConnection(input);
  try {
    return await work(client);
  } finally {
    // With the connection gone there is nothing left to end.
    await client.end().catch(() => undefined);
  }
}
