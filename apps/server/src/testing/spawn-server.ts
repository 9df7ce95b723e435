import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** The built server in a process of its own, as people start it. `npm test` builds first. */
export interface SpawnedServer {
  readonly child: ChildProcess;
  /** Everything it printed so far. */
  readonly output: () => string;
  /** Its exit code once it has ended; null where a signal ended it. */
  readonly exitCode: Promise<number | null>;
}

const spawned = new Set<SpawnedServer>();

/** Starts the server with these variables and no others. Whatever a test leaves running, `endServers` ends. */
export function spawnServer(variables: Readonly<Record<string, string>>): SpawnedServer {
  const env = { PATH: process.env['PATH'] ?? '', PORT: '0', LOG_LEVEL: 'info', ...variables };
  const child = spawn(process.execPath, [MAIN], { env, cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const exitCode = once(child, 'close').then(([code]) => code as number | null);
  const server = { child, output: () => text, exitCode };
  spawned.add(server);
  void exitCode.then(() => spawned.delete(server));
  return server;
}

/** Waits until it is ready and gives its address. @throws Error with what it printed, where it ended instead */
export async function untilReady({ child, output }: SpawnedServer): Promise<string> {
  for (;;) {
    const [, url] = /Gangway is ready at (\S+)/.exec(output()) ?? [];
    if (url) return url.replace('localhost', '127.0.0.1');
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(output());
    await sleep(20);
  }
}

/** Ends it and waits until it is gone. */
export async function endServer(
  server: SpawnedServer,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<number | null> {
  if (server.child.exitCode === null && server.child.signalCode === null) server.child.kill(signal);
  return server.exitCode;
}

/** Ends whatever was left running. */
export async function endServers(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  await Promise.all([...spawned].map((server) => endServer(server, signal)));
}
