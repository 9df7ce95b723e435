import pg from 'pg';
import { readConnectionInput, type ConnectionInput } from './open-connection.js';
import { setUpSession } from './session.js';

export interface PoolInput extends ConnectionInput {
  /** Connections at most. */
  readonly max: number;
  /** Told about connections that broke while nobody used them. */
  readonly onError: (error: Error) => void;
}

/**
 * A pool whose connections are set up before anybody gets them. The pool's own listener for errors is only there while a
 * connection is idle: one that is lost while it is checked out, between two statements, would end the process.
 */
export function createPool(input: PoolInput): pg.Pool {
  const { driver, session } = readConnectionInput(input);
  const pool = new pg.Pool({
    ...driver,
    max: input.max,
    idleTimeoutMillis: 60_000,
    verify: (client, done) => {
      setUpSession(client, session).then(() => done(), done);
    },
  });
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', input.onError);
  return pool;
}
