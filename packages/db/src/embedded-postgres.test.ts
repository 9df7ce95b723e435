import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';
import { DataDirInUseError } from './embedded/errors.js';

vi.setConfig({ testTimeout: 60_000 });

let dataDir: string;
const open: EmbeddedPostgres[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'gangway-embedded-'));
});
afterEach(async () => {
  for (const postgres of open.splice(0)) await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir });
  open.push(postgres);
  return postgres;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

/** A server process of its own, which prints the pid of its PostgreSQL when it holds the directory. */
async function startServerProcess(): Promise<{ server: ChildProcess; postgresPid: number }> {
  const program = fileURLToPath(new URL('../dist/embedded-postgres.js', import.meta.url));
  const code = `const { startEmbeddedPostgres } = await import(process.argv[1]);
    await startEmbeddedPostgres({ dataDir: process.argv[2] }); console.log('ready'); setInterval(() => {}, 1000);`;
  const flags = ['--input-type=module', '-e', code, program, dataDir];
  const server = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(server.stdout, 'data');
  return { server, postgresPid: await readPostgresPid() };
}

async function readPostgresPid(): Promise<number> {
  return Number(
    (await readFile(path.join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8')).split('\n')[0],
  );
}

it('keeps rows over a restart, secrets to itself, and its port', async () => {
  const first = await start();
  await query(first.ownerUrl, 'CREATE TABLE kept AS SELECT 1 AS id');
  await first.stop();
  const second = await start();
  expect(second.port).toBe(first.port);
  expect(second.isAdopted).toBe(false);
  expect(await query(second.ownerUrl, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
  for (const file of ['owner.password', 'app.password']) {
    expect((await stat(path.join(dataDir, 'postgres', file))).mode & 0o777).toBe(0o600);
  }
  await expect(query(second.url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow('password');
  expect(await query(second.ownerUrl, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
});

it('refuses a second server on the same directory within five seconds, in one line', async () => {
  await start();
  const before = Date.now();
  const refusal = await startEmbeddedPostgres({ dataDir }).catch((error: unknown) => error);
  expect(Date.now() - before).toBeLessThan(5_000);
  expect(refusal).toBeInstanceOf(DataDirInUseError);
  expect(String(refusal)).toContain(`(process ${process.pid})`);
  expect(String(refusal).split('\n')).toHaveLength(1);
});

it('lets exactly one of two servers that start at once on an empty directory have it', async () => {
  const results = await Promise.allSettled([start(), start()]);
  expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(results.find((result) => result.status === 'rejected')?.reason).toBeInstanceOf(DataDirInUseError);
});

// Only root has another user for PostgreSQL, and a home that this user cannot enter.
it.runIf(process.getuid?.() === 0)(
  'keeps the cluster elsewhere when its user cannot enter the directory',
  async () => {
    await writeFile(path.join(dataDir, 'private'), 'of somebody else');
    const said: string[] = [];
    const postgres = await startEmbeddedPostgres({ dataDir, log: (line) => said.push(line) });
    open.push(postgres);
    const cluster = (await readFile(path.join(dataDir, 'postgres/cluster-location'), 'utf8')).trim();
    expect(said.join()).toContain(cluster);
    expect(await query(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await postgres.stop();
    await rm(path.dirname(cluster), { recursive: true });
  },
);

it('takes over the PostgreSQL that a killed server left', async () => {
  const { server, postgresPid } = await startServerProcess();
  server.kill('SIGKILL');
  await once(server, 'exit');
  const next = await start();
  expect(next.isAdopted).toBe(true);
  expect(await readPostgresPid()).toBe(postgresPid);
  await next.stop();
  await expect(query(next.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
});

it('starts again after server and PostgreSQL were killed', async () => {
  const { server, postgresPid } = await startServerProcess();
  server.kill('SIGKILL');
  process.kill(postgresPid, 'SIGKILL');
  await once(server, 'exit');
  const next = await start();
  expect(next.isAdopted).toBe(false);
  expect(await query(next.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

it('brings PostgreSQL back on the same port when it dies under a running server', async () => {
  const postgres = await start();
  await query(postgres.ownerUrl, 'CREATE TABLE kept AS SELECT 1 AS id');
  process.kill(await readPostgresPid(), 'SIGKILL');
  await sleep(100);
  await vi.waitFor(
    async () => expect(await query(postgres.ownerUrl, 'SELECT id FROM kept')).toEqual([{ id: 1 }]),
    {
      timeout: 10_000,
      interval: 100,
    },
  );
});

it('leaves no PostgreSQL when it is stopped while one is just coming back, and stops nothing twice', async () => {
  const postgres = await start();
  process.kill(await readPostgresPid(), 'SIGKILL');
  await sleep(100);
  await postgres.stop();
  await expect(query(postgres.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  const next = await start();
  await postgres.stop();
  expect(await query(next.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});
