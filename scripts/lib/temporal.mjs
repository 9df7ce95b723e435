import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import path from 'node:path';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A Temporal server for the tests: the one of TEMPORAL_ADDRESS, else one that is started in memory where the program
 * `temporal` is on the PATH. Null where there is neither.
 */
export async function openTemporal() {
  if (process.env.TEMPORAL_ADDRESS)
    return { address: process.env.TEMPORAL_ADDRESS, close: async () => undefined };
  const program = (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((dir) => path.join(dir, 'temporal'))
    .find(existsSync);
  if (!program) return null;
  const port = await freePort();
  const flags = [
    'server',
    'start-dev',
    '--headless',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--log-level',
    'error',
  ];
  const child = spawn(program, flags, { stdio: 'ignore' });
  const ended = once(child, 'exit').catch(() => undefined);
  const close = async () => {
    child.kill('SIGTERM');
    await Promise.race([ended, sleep(5_000)]);
    child.kill('SIGKILL');
  };
  process.on('exit', () => child.kill('SIGKILL'));
  for (let attempt = 0; attempt < 120; attempt++) {
    if (await answers(port)) return { address: `127.0.0.1:${port}`, close };
    await sleep(250);
  }
  await close();
  throw new Error(`${program} was started and does not answer`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

async function answers(port) {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
