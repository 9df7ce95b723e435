import { Connection } from '@temporalio/client';
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface TemporalServer {
  readonly address: string;
  stop(): Promise<void>;
}

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

export async function startTemporal(): Promise<TemporalServer> {
  const found = findTemporal();
  if (!found) throw new Error('There is no Temporal server and no temporal binary');
  if ('address' in found) return { address: found.address, stop: () => Promise.resolve() };
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const flags = ['--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'never'];
  const child = spawn(found.binary, ['server', 'start-dev', ...flags], { stdio: 'ignore' });
  const stop = async () => {
    child.kill('SIGKILL');
    await sleep(50);
  };
  for (let attempt = 0; attempt < 100; attempt += 1) {
    try {
      await (await Connection.connect({ address, connectTimeout: 1_000 })).close();
      return { address, stop };
    } catch {
      await sleep(100);
    }
  }
  await stop();
  throw new Error('The Temporal server did not start');
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
