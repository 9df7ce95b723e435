import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase } from '@gangway/db/test-database';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

// The built server in a process of its own, as people start it. `npm test` builds first.
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

let dataDir: string;
let started: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'gangway-main-'));
});
afterEach(async () => {
  for (const child of started.filter((one) => one.exitCode === null && one.signalCode === null)) {
    child.kill('SIGINT');
    await once(child, 'exit');
  }
  started = [];
  await rm(dataDir, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Once it has ended. */
  readonly exitCode: Promise<number | null>;
}

function start(variables: Record<string, string> = {}): Started {
  const env = {
    PATH: process.env['PATH'] ?? '',
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'info',
    ...variables,
  };
  const child = spawn(process.execPath, [MAIN], { env, cwd: dataDir, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const exitCode = once(child, 'close').then(([code]) => code as number | null);
  return { child, output: () => text, exitCode };
}

async function untilReady({ child, output }: Started): Promise<string> {
  for (;;) {
    const [, url] = /Gangway is ready at (\S+)/.exec(output()) ?? [];
    if (url) return url;
    if (child.exitCode !== null) throw new Error(output());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function isPostgresRunning(): Promise<boolean> {
  return readFile(path.join(dataDir, 'postgres/cluster/postmaster.pid')).then(
    () => true,
    () => false,
  );
}

describe('the server', () => {
  it('starts on nothing, says where, answers, and ends on Ctrl-C with PostgreSQL and exit code 0', async () => {
    const server = start();
    const url = await untilReady(server);
    expect(server.output()).toContain('owner@acme.example');
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    server.child.kill('SIGINT');
    server.child.kill('SIGINT'); // npm passes the same press on
    expect(await server.exitCode).toBe(0);
    expect(await isPostgresRunning()).toBe(false);
  });

  it('ends in order when it is told to in the middle of its start', async () => {
    const server = start();
    await new Promise((resolve) => setTimeout(resolve, 900));
    server.child.kill('SIGTERM');
    expect(await server.exitCode).toBe(0);
    expect(await isPostgresRunning()).toBe(false);
  });

  it('is refused a directory that another one has, in one line and within five seconds, and takes it over after kill -9', async () => {
    const first = start();
    await untilReady(first);
    const before = Date.now();
    const second = start();
    expect(await second.exitCode).toBe(1);
    expect(Date.now() - before).toBeLessThan(5_000);
    expect(second.output().trim().split('\n')).toEqual([
      expect.stringMatching(/^DATA_DIR .* is in use by another Gangway server \(process \d+\)/),
    ]);
    first.child.kill('SIGKILL');
    await first.exitCode;
    const third = start();
    const url = await untilReady(third);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it('works on a PostgreSQL of your own, two at once, without demo data, and as a role that owns nothing', async () => {
    const test = await createTestDatabase();
    try {
      const servers = [start({ DATABASE_URL: test.ownerUrl }), start({ DATABASE_URL: test.ownerUrl })];
      const urls = await Promise.all(servers.map(untilReady));
      for (const url of urls) expect((await fetch(`${url}/readyz`)).status).toBe(200);
      expect((await fetch(`${urls[0]}/api/demo/mailbox`)).status).toBe(404);
      const acting = await test.db.pool.query(`SELECT 1 FROM workspaces`);
      expect(acting.rowCount).toBe(0);
      for (const server of servers) server.child.kill('SIGTERM');
      expect(await Promise.all(servers.map((server) => server.exitCode))).toEqual([0, 0]);
    } finally {
      await test.drop();
    }
  });

  it.each([
    [{ PORT: 'x' }, /^PORT must be/],
    [{ DATABASE_URL: 'postgresql://nobody:canary@127.0.0.1:1/none' }, /^DATABASE_URL cannot be used/],
    [{ HOST: '203.0.113.7' }, /^HOST 203\.0\.113\.7 is no address of this machine/],
    [{ NODE_ENV: 'production', AUTH_KEYS: 'x' }, /^ENCRYPTION_KEYS must be set in production/],
  ])('stops with one line for %j', async (variables, line) => {
    const server = start(variables as Record<string, string>);
    expect(await server.exitCode).toBe(1);
    expect(server.output().trim().split('\n')).toEqual([expect.stringMatching(line)]);
    expect(server.output()).not.toContain('canary');
  });
});
