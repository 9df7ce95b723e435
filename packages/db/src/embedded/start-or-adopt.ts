import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, rename, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { withConnection } from '../connection/open-connection.js';
import type { Binaries } from './binaries.js';
import { embeddedUrl } from './embedded-url.js';
import { EmbeddedPostgresError } from './errors.js';
import { choosePort } from './free-port.js';
import { OWNER_ROLE } from './initialise-cluster.js';
import type { Layout } from './layout.js';
import { disownForeignProcess, readPostmasterFile } from './postmaster-file.js';
import type { SystemUser } from './system-user.js';

export interface RunningPostgres {
  readonly port: number;
  readonly pid: number;
  /** It was running already: left behind by a server that was killed. */
  readonly isAdopted: boolean;
}

export interface StartInput {
  readonly layout: Layout;
  readonly binaries: Binaries;
  readonly user: SystemUser | null;
  readonly settings: Readonly<Record<string, string>>;
  /** Where it has to come back, however long the one that dies still listens there. Else where it was last, if that is free. */
  readonly port?: number;
}

const RETRY_MS = 250;
const READY_POLL_MS = 15;
const GIVE_UP_MS = 20_000;
/** An orphan that answers nothing for so long is ended and replaced. */
const REPLACE_AFTER_MS = 6_000;

/**
 * Gets the one PostgreSQL of a cluster directory: the one that is running, else a new one. After kill -9 the process
 * table, the lock file and the old server's children take up to a second to clear, hence the retries.
 */
export async function startOrAdopt(input: StartInput): Promise<RunningPostgres> {
  const startedAt = Date.now();
  let complaint = 'it does not answer';
  let wasReplaced = false;
  while (Date.now() - startedAt < GIVE_UP_MS) {
    const running = await readPostmasterFile(input.layout.clusterDir);
    if (running?.isReady && (await answers(running.port, input.layout))) {
      return { port: running.port, pid: running.pid, isAdopted: true };
    }
    await disownForeignProcess(input.layout.clusterDir);
    const attempt = await startOnce(input);
    if (typeof attempt !== 'string') return attempt;
    complaint = attempt;
    if (running && !wasReplaced && Date.now() - startedAt > REPLACE_AFTER_MS) {
      wasReplaced = true;
      endAtOnce(running.pid);
    }
    await sleep(RETRY_MS);
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL could not be started: ${complaint} (see ${input.layout.logFile})`,
  );
}

/** Whether our own cluster answers on the port: our password is good there, and the directory is ours. */
async function answers(port: number, layout: Layout): Promise<boolean> {
  const url = embeddedUrl({ port, role: OWNER_ROLE, password: layout.ownerPassword, database: 'postgres' });
  try {
    return await withConnection({ url, connectTimeoutMs: 2_000, queryTimeoutMs: 2_000 }, async (client) => {
      const query = `SELECT current_setting('data_directory') AS dir`;
      return (await client.query<{ dir: string }>(query)).rows[0]?.dir === layout.clusterDir;
    });
  } catch {
    return false; // whoever it is: starting ours shows whether the directory is held
  }
}

/** One attempt. Returns the last line of PostgreSQL's complaint when it ended instead of getting ready. */
async function startOnce({
  layout,
  binaries,
  user,
  settings,
  port: required,
}: StartInput): Promise<RunningPostgres | string> {
  const port = required ?? (await choosePort(layout.portFile));
  const log = await openLog(layout.logFile);
  try {
    const { size } = await log.stat();
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    // A process group of its own: Ctrl-C is for us, and we stop PostgreSQL when we are done with it.
    const child = spawn(binaries.postgres, ['-D', layout.clusterDir, '-p', String(port), ...flags], {
      cwd: '/',
      detached: true,
      env: { LC_ALL: 'C', PATH: process.env['PATH'] ?? '' },
      stdio: ['ignore', log.fd, log.fd],
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    });
    child.unref();
    const ended = once(child, 'exit').then(
      () => true,
      () => true,
    );
    while (!(await Promise.race([ended, sleep(READY_POLL_MS, false)]))) {
      const file = await readPostmasterFile(layout.clusterDir);
      if (file?.isReady && file.pid === child.pid) return { port, pid: file.pid, isAdopted: false };
    }
    return await readComplaint(layout.logFile, size);
  } finally {
    await log.close();
  }
}

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

async function openLog(file: string): Promise<Awaited<ReturnType<typeof open>>> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_LIMIT_BYTES) await rename(file, `${file}.1`);
  return open(file, 'a', 0o600);
}

async function readComplaint(file: string, from: number): Promise<string> {
  const log = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await log.read(Buffer.alloc(8_192), 0, 8_192, from);
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
    const fatal = lines.findLast((line) => /FATAL|PANIC|ERROR|error/.test(line));
    return fatal?.replace(/^.*?(FATAL|PANIC|ERROR): +/, '').trim() ?? 'it ended without a word';
  } finally {
    await log.close();
  }
}

function endAtOnce(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT'); // PostgreSQL's immediate shutdown: the next start recovers from the log
  } catch {
    // It is gone, which was the point.
  }
}
