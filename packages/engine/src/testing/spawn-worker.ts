import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BUILT = fileURLToPath(new URL('../../dist/testing/', import.meta.url));

/** Starts a worker process of the built package and waits until it works. */
export async function spawnWorker(
  script: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<ChildProcess> {
  const file = `${BUILT}${script}`;
  if (!existsSync(file))
    throw new Error('Build the packages first: the worker processes of these tests are built ones');
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, NODE_ENV: 'test', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error('The worker process ended before it was ready');
  });
  await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => undefined);
  return child;
}

/** Ends a worker process for good, stopped or not, and waits until it is gone. */
export async function killWorker(
  child: ChildProcess,
  signal: NodeJS.Signals = 'SIGKILL',
): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
  return child.exitCode;
}
