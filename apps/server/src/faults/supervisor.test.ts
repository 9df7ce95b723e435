import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

// What `npm start` does once everything is built: it runs the server in a process of its own, and restarts it.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const SUPERVISE = new URL('../../../../scripts/lib/supervise.mjs', import.meta.url).href;
/** As scripts/start.mjs, with shorter pauses and a lower limit. */
const PROGRAM = `import { supervise } from ${JSON.stringify(SUPERVISE)};
process.exit(await supervise(process.argv[2], { say: console.log, firstPauseMs: 40, mostRestarts: 3 }));`;
const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

interface Supervised {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly exitCode: Promise<number | null>;
}

let dir: string;
const started: Supervised[] = [];
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'gangway-supervisor-'));
  await writeFile(path.join(dir, 'start.mjs'), PROGRAM);
});
afterEach(async () => {
  for (const { process: supervisor, exitCode } of started.splice(0)) {
    supervisor.kill('SIGTERM');
    await exitCode;
  }
  await rm(dir, { recursive: true, force: true });
});

function start(variables: Record<string, string> = {}, file = MAIN): Supervised {
  const env = { PATH: process.env['PATH'] ?? '', PORT: '0', DATA_DIR: path.join(dir, 'data'), ...variables };
  const supervisor = spawn(process.execPath, ['start.mjs', file], {
    env,
    cwd: dir,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [supervisor.stdout, supervisor.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const exitCode = once(supervisor, 'exit').then(([exit]) => exit as number | null);
  const supervised = { process: supervisor, output: () => text, exitCode };
  started.push(supervised);
  return supervised;
}

/** Waits until it said for the given time that it is ready, and gives the address it said last. */
async function untilReady(supervised: Supervised, times = 1): Promise<string> {
  const { output, exitCode } = supervised;
  const find = () => [...output().matchAll(/Gangway is ready at (\S+)/g)];
  let hasEnded = false;
  void exitCode.then(() => (hasEnded = true));
  const isSettled = () => expect(hasEnded || find().length >= times).toBe(true);
  await vi.waitFor(isSettled, { timeout: 60_000, interval: 50 });
  expect(find(), output()).toHaveLength(times);
  return (find().at(-1)?.[1] ?? '').replace('localhost', '127.0.0.1');
}

function serverPidOf({ process: supervisor }: Supervised): number {
  return Number(execFileSync('ps', ['-o', 'pid=', '--ppid', String(supervisor.pid)], { encoding: 'utf8' }));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const isPostgresThere = (): Promise<boolean> =>
  access(path.join(dir, 'data/postgres/cluster/postmaster.pid')).then(
    () => true,
    () => false,
  );

it('starts a server again that was killed, and ends with it on Ctrl-C with exit code 0', async () => {
  const supervised = start();
  await untilReady(supervised);
  const killed = serverPidOf(supervised);
  process.kill(killed, 'SIGKILL');
  const url = await untilReady(supervised, 2);
  expect(supervised.output()).toContain('The server ended (SIGKILL) and is started again in 0.04 s.');
  expect((await fetch(`${url}/livez`)).status).toBe(200);
  const server = serverPidOf(supervised);
  expect(server).not.toBe(killed);
  // A terminal sends it to both, and npm once more to the supervisor.
  process.kill(server, 'SIGINT');
  supervised.process.kill('SIGINT');
  supervised.process.kill('SIGINT');
  expect(await supervised.exitCode).toBe(0);
  expect(isAlive(server)).toBe(false);
  expect(await isPostgresThere()).toBe(false);
});

it('leaves no server and no PostgreSQL behind when it is killed itself, and the next start has the data', async () => {
  const supervised = start();
  const url = await untilReady(supervised);
  const server = serverPidOf(supervised);
  supervised.process.kill('SIGKILL');
  const next = start({ PORT: new URL(url).port });
  const nextUrl = await untilReady(next).catch(async (error: unknown) => {
    // The address may not be free yet: that is said in one line, and a moment later it is.
    expect(next.output(), String(error)).toMatch(/^PORT \d+ .* is in use/);
    return untilReady(start({ PORT: new URL(url).port }));
  });
  expect(nextUrl).toBe(url);
  await vi.waitFor(() => expect(isAlive(server)).toBe(false), { timeout: 15_000, interval: 50 });
  await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), { timeout: 30_000 });
});

it('ends PostgreSQL with the server when nobody starts anew', async () => {
  const supervised = start();
  await untilReady(supervised);
  const server = serverPidOf(supervised);
  supervised.process.kill('SIGKILL');
  await vi.waitFor(() => expect(isAlive(server)).toBe(false), { timeout: 15_000, interval: 50 });
  expect(await isPostgresThere()).toBe(false);
});

it('does not start again what cannot start as it is configured, and says so once', async () => {
  const supervised = start({ PORT: 'eighty' });
  expect(await supervised.exitCode).toBe(1);
  expect(supervised.output().trim().split('\n')).toEqual([expect.stringMatching(/^PORT must be/)]);
});

it('does not start again a server whose configuration became wrong', async () => {
  const file = path.join(dir, 'changed.mjs');
  await writeFile(file, `process.send('ready', () => process.send('misconfigured', () => process.exit(1)));`);
  const supervised = start({}, file);
  expect(await supervised.exitCode).toBe(1);
  expect(supervised.output()).toBe('');
});

it('pauses longer each time, and gives up a server that dies again and again', async () => {
  const file = path.join(dir, 'mortal.mjs');
  await writeFile(file, `process.send('ready', () => process.exit(9));`);
  const supervised = start({}, file);
  expect(await supervised.exitCode).toBe(9);
  expect(supervised.output().trim().split('\n')).toEqual([
    ...['0.04', '0.08', '0.16'].map(
      (pause) => `The server ended (exit code 9) and is started again in ${pause} s.`,
    ),
    'The server ended (exit code 9), was restarted 3 times in a row, and is given up.',
  ]);
});
