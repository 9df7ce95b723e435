import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@gangway/db/embedded-postgres';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createDatabaseProxy, type DatabaseProxy } from '../testing/database-proxy.js';
import { insistOnTenant } from '../testing/insist.js';
import { createProductBed, type ProductBed } from '../testing/product-bed.js';

// PostgreSQL dies and comes back, and connections break in every way, while tenants are created.

vi.setConfig({ testTimeout: 300_000, hookTimeout: 90_000 });

let dataDir: string;
let postgres: EmbeddedPostgres;
let proxy: DatabaseProxy;
let bed: ProductBed;
let url = '';
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'gangway-database-'));
  postgres = await startEmbeddedPostgres({ dataDir });
  proxy = await createDatabaseProxy(postgres.ownerUrl);
  bed = await createProductBed({ ownerUrl: postgres.ownerUrl, drop: () => Promise.resolve() });
  ({ url } = await bed.start({ DEMO: '1', DATABASE_URL: proxy.url }));
});
afterAll(async () => {
  await bed.drop();
  await proxy.close();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** Ends PostgreSQL at once, as a crash does; who holds it starts it again. Waits until it is back. */
async function restartPostgres(): Promise<void> {
  const [pid] = (await readFile(path.join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGQUIT');
  const ask = () => bed.owner.query('SELECT 1');
  await vi.waitFor(() => expect(ask()).rejects.toThrow(), { timeout: 20_000, interval: 5 });
  await vi.waitFor(ask, { timeout: 30_000, interval: 50 });
}

const ways: [title: string, breakIt: () => Promise<void> | void][] = [
  ['PostgreSQL is restarted', restartPostgres],
  ['PostgreSQL is restarted again', restartPostgres],
  ['connections are reset', () => proxy.reset()],
  ['answers are lost, of commits too', () => proxy.loseAnswers(100)],
  ['PostgreSQL is restarted once more', restartPostgres],
  ['answers are lost again', () => proxy.loseAnswers(200)],
  ['connections fall silent for good', () => proxy.freeze()],
];

it('what was acknowledged is there once, whatever becomes of the database and the way to it', async () => {
  const load = new AbortController();
  let asked = 0;
  const createMany = async () => {
    while (!load.signal.aborted) {
      bed.accepted.push(await insistOnTenant(() => url, `broken-${(asked += 1)}`));
      await sleep(100);
    }
  };
  const underWay = Array.from({ length: 6 }, createMany);
  for (const [, breakIt] of ways) {
    await sleep(700);
    await breakIt();
  }
  await sleep(700);
  load.abort();
  await Promise.all(underWay);
  const runs = await bed.untilQuiet(url, 90_000);
  expect(bed.accepted.length).toBeGreaterThanOrEqual(underWay.length);
  expect([...runs.values()].filter((run) => run['status'] !== 'succeeded')).toEqual([]);
  await bed.check(url);
});
