import { Connection } from '@temporalio/client';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface TemporalServer {
  readonly address: string;
  stop(): Promise<void>;
}

/** Where Temporal listens, and its clients look, unless they are told otherwise. */
export const USUAL_PORT = 7233;

/** How the tests reach a real Temporal server: `TEMPORAL_ADDRESS`, or the `temporal` binary on the PATH. Null: neither. */
export function findTemporal(): { address: string } | { binary: string } | null {
  if (process.env['TEMPORAL_ADDRESS']) return { address: process.env['TEMPORAL_ADDRESS'] };
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    const binary = path.join(folder, 'temporal');
    try {
      accessSync(binary, constants.X_OK);
      return { binary };
    } catch {
      // not in this folder
    }
  }
  return null;
}

/**
 * Whether a server of ours can be found where a client of the SDK looks that is told nothing else: at localhost:7233. Either
 * `TEMPORAL_ADDRESS` says so, or nobody listens there yet.
 */
export async function isUsualPortOurs(): Promise<boolean> {
  const found = findTemporal();
  if (!found) return false;
  if ('address' in found) return /^(localhost|127\.0\.0\.1):7233$/.test(found.address);
  return !(await isAnswered(USUAL_PORT));
}

/** The server at `TEMPORAL_ADDRESS`, or a new one: at `port`, which has to be free, or at any. */
export async function startTemporal(options: { port?: number } = {}): Promise<TemporalServer> {
  const found = findTemporal();
  if (!found) throw new Error('There is no Temporal server and no temporal binary');
  if ('address' in found) return { address: found.address, stop: () => Promise.resolve() };
  // A port that was free a moment ago may be somebody else's by now.
  for (let left = options.port === undefined ? 3 : 1; left > 0; left -= 1) {
    const server = await launch(found.binary, options.port ?? (await freePort()));
    if (server) return server;
  }
  throw new Error('The Temporal server did not start');
}

/** Null: it ended at once, or did not answer within half a minute. */
async function launch(binary: string, port: number): Promise<TemporalServer | null> {
  const address = `127.0.0.1:${port}`;
  // Another server may answer at this port, which ours could not have then and will end in a moment: ours has this.
  const namespace = `ours-${randomUUID()}`;
  const flags = ['--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'never'];
  flags.push('--namespace', namespace);
  const child = spawn(binary, ['server', 'start-dev', ...flags], { stdio: 'ignore' });
  const stop = async () => {
    child.kill('SIGKILL');
    await sleep(50);
  };
  const end = Date.now() + 30_000;
  while (Date.now() < end && child.exitCode === null) {
    if (await hasNamespace(address, namespace)) return { address, stop };
    await sleep(100);
  }
  await stop();
  return null;
}

/** Whether a server answers there that has this namespace. */
async function hasNamespace(address: string, namespace: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 1_000 });
    try {
      await connection.workflowService.describeNamespace({ namespace });
    } finally {
      await connection.close();
    }
    return true;
  } catch {
    return false;
  }
}

/** Whether anybody answers at this port of localhost, by whichever of its addresses. */
function isAnswered(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: 'localhost' });
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No port')),
      );
    });
  });
}
