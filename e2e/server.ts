import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../apps/server/dist/main.js', import.meta.url));

/** A running Gangway: the built product in a process of its own, on a data directory of its own. */
export interface RunningServer {
  readonly url: string;
  readonly dataDir: string;
  readonly pid: number;
  /** Everything it printed so far. */
  readonly output: () => string;
  /** Ends it as Ctrl-C does, and gives its exit code. */
  readonly stop: () => Promise<number | null>;
  /** Ends it without a word, as a crash does. */
  readonly kill: () => Promise<void>;
}

/** Starts the built server. With `dataDir` it goes on where another one was. */
export async function startServer(
  options: { dataDir?: string; port?: number; env?: Record<string, string> } = {},
): Promise<RunningServer> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'gangway-e2e-')));
  const port = options.port ?? (await freePort());
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, [MAIN], {
    env: {
      ...process.env,
      PORT: String(port),
      APP_URL: url,
      DATA_DIR: dataDir,
      DEMO: '1',
      SANDBOX: '1',
      LOG_LEVEL: 'info',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  const collect = (chunk: Buffer) => printed.push(chunk.toString());
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const output = () => printed.join('');
  await untilReady(child, output);
  return {
    url,
    dataDir,
    pid: child.pid ?? 0,
    output,
    stop: () => end(child, 'SIGINT'),
    kill: async () => void (await end(child, 'SIGKILL')),
  };
}

export async function removeDataDir(dataDir: string): Promise<void> {
  await rm(dataDir, { recursive: true, force: true });
}

function untilReady(child: ChildProcess, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`Gangway did not start: ${why}\n${output()}`));
    const timer = setTimeout(() => fail('timeout'), 60_000);
    child.once('exit', (code) => fail(`exit ${String(code)}`));
    child.stdout?.on('data', () => {
      if (!output().includes('Gangway is ready at')) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.kill(signal);
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
