import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase } from '@gangway/db/test-database';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endServers, spawnServer, untilReady } from './testing/spawn-server.js';

// Each of these starts processes: on a busy machine that takes a while.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'gangway-main-'));
});
afterEach(async () => {
  await endServers('SIGINT');
  await rm(dataDir, { recursive: true, force: true });
});

const start = (variables: Record<string, string> = {}) => spawnServer({ DATA_DIR: dataDir, ...variables });

/** On a busy machine one of the checks may need more than its two seconds. */
async function untilFit(url: string): Promise<void> {
  await vi.waitFor(
    async () => expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ status: 'ready' }),
    {
      timeout: 45_000,
      interval: 100,
    },
  );
}

async function readPostmasterFile(): Promise<string> {
  return readFile(path.join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8');
}

async function isPostgresRunning(): Promise<boolean> {
  return readPostmasterFile().then(
    () => true,
    () => false,
  );
}

describe('the server', () => {
  it('starts on nothing, says where, answers, and ends on Ctrl-C with PostgreSQL and exit code 0', async () => {
    const server = start();
    const url = await untilReady(server);
    await vi.waitFor(() => expect(server.output()).toContain('owner@acme.example'), { timeout: 5_000 });
    await untilFit(url);
    server.child.kill('SIGINT');
    server.child.kill('SIGINT'); // npm passes the same press on
    expect(await server.exitCode).toBe(0);
    expect(await isPostgresRunning()).toBe(false);
  });

  it.each(['at once', 'while PostgreSQL is being made'])(
    'ends in order when it is told to %s',
    async (moment) => {
      const server = start();
      if (moment === 'at once')
        await new Promise((resolve) => setTimeout(resolve, 200)); // until Node runs our code
      else await vi.waitFor(() => stat(path.join(dataDir, 'postgres')), { timeout: 45_000, interval: 5 });
      server.child.kill('SIGTERM');
      expect(await server.exitCode).toBe(0);
      expect(await isPostgresRunning()).toBe(false);
    },
  );

  it('is refused a directory that another one has, in one line, and takes it over after kill -9', async () => {
    const first = start();
    await untilReady(first);
    const second = start();
    expect(await second.exitCode).toBe(1);
    expect(second.output().trim().split('\n')).toEqual([
      expect.stringMatching(/^DATA_DIR .* is in use by another Gangway server \(process \d+\)/),
    ]);
    first.child.kill('SIGKILL');
    await first.exitCode;
    const third = start();
    const url = await untilReady(third);
    await untilFit(url);
  });

  it('answers 503 while PostgreSQL is away, and goes on when it is back', async () => {
    const server = start();
    const url = await untilReady(server);
    const signIn = () =>
      fetch(`${url}/trpc/auth.signIn`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'nobody@example.com', password: 'wrong password' }),
      });
    expect((await signIn()).status).toBe(401);
    process.kill(Number((await readPostmasterFile()).split('\n')[0]), 'SIGKILL');
    const seen = new Set<number>();
    await vi.waitFor(
      async () => {
        seen.add((await signIn()).status);
        expect(seen).toEqual(new Set([503, 401]));
      },
      { timeout: 45_000, interval: 20 },
    );
    await untilFit(url);
  });

  it('works on a PostgreSQL of your own, two at once, without demo data, and as a role that owns nothing', async () => {
    const test = await createTestDatabase();
    try {
      const servers = [start({ DATABASE_URL: test.ownerUrl }), start({ DATABASE_URL: test.ownerUrl })];
      const urls = await Promise.all(servers.map(untilReady));
      for (const url of urls) await untilFit(url);
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
    [
      { NODE_ENV: 'production', AUTH_KEYS: 'x', APP_URL: 'https://gangway.example' },
      /^ENCRYPTION_KEYS must be set in production/,
    ],
    [{ NODE_ENV: 'production', AUTH_KEYS: 'x', ENCRYPTION_KEYS: 'x' }, /^APP_URL must be set in production/],
  ])('stops with one line for %j', async (variables, line) => {
    const server = start(variables);
    expect(await server.exitCode).toBe(1);
    expect(server.output().trim().split('\n')).toEqual([expect.stringMatching(line)]);
    expect(server.output()).not.toContain('canary');
  });
});
