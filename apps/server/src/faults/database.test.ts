import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@gangway/db/embedded-postgres';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createDatabaseProxy, type DatabaseProxy } from '../testing/database-proxy.js';
import { insistOnTenant } from '../testing/insist.js';
import { createProductFixture, type ProductFixture } from '../testing/product-fixture.js';

// PostgreSQL dies and comes back, and connections break in every way, while tenants are created.

vi.setConfig({ testTimeout: 300_000, hookTimeout: 90_000 });

let dataDir: string;
let postgres: EmbeddedPostgres;
let proxy: DatabaseProxy;
let fixture: ProductFixture;
let url = '';
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'gangway-database-'));
  postgres = await startEmbeddedPostgres({ dataDir });
  proxy = await createDatabaseProxy(postgres.ownerUrl);
  fixture = await createProductFixture({ ownerUrl: postgres.ownerUrl, drop: () => Promise.resolve() });
  ({ url } = await fixture.start({ DEMO: '1', DATABASE_URL: proxy.url }));
});
afterAll(async () => {
  await fixture.drop();
  await proxy.close();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** Ends PostgreSQL at once, as a crash does; who holds it starts it again. Waits until it is back. */
async function restartPostgres(): Promise<void> {
  const [pid] = (await readFile(path.join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGQUIT');
  const ask = () => fixture.owner.query('SELECT 1');
  await vi.waitFor(() => expect(ask()).rejects.toThrow(), { timeout: 20_000, interval: 5 });
  await vi.waitFor(ask, { timeout: 30_000, interval: 50 });
}

const CREATIONS = 200;

it('what was acknowledged is there once, whatever becomes of the database and the way to it', async () => {
  const names = Array.from({ length: CREATIONS }, (_, index) => `broken-${index + 1}`);
  // Who is met by a restart waits for its key; there are others who go on.
  const createMany = async () => {
    for (let name = names.pop(); name !== undefined; name = names.pop())
      fixture.accepted.push(await insistOnTenant(() => url, name));
  };
  const underWay = Promise.all(Array.from({ length: 24 }, createMany));
  // PostgreSQL dies every few seconds; before it does, something smaller happens on the way to it: connections fall silent
  // for good, are reset, and lose answers, of commits too.
  const smaller = [
    () => Promise.resolve(proxy.freeze()),
    () => Promise.resolve(proxy.reset()),
    () => proxy.loseAnswers(100),
    () => proxy.loseAnswers(200),
  ];
  while (names.length > 0 || smaller.length > 0) {
    await sleep(1_000);
    await smaller.shift()?.();
    await sleep(1_000);
    await restartPostgres();
  }
  await underWay;
  const runs = await fixture.untilQuiet(url, 90_000);
  expect(fixture.accepted).toHaveLength(CREATIONS);
  expect([...runs.values()].filter((run) => run['status'] !== 'succeeded')).toEqual([]);
  await fixture.check(url);
});
