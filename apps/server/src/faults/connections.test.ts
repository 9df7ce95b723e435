import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@gangway/db/embedded-postgres';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { followRun, startBusyClients } from '../testing/busy-clients.js';
import { insistOnTenant } from '../testing/insist.js';
import { signInMember } from '../testing/member-client.js';
import { createProductFixture, type ProductFixture } from '../testing/product-fixture.js';
import type { SpawnedServer } from '../testing/spawn-server.js';

// Connections are ended at any moment, one by one and all at once, and PostgreSQL is killed, while everything is busy.

vi.setConfig({ testTimeout: 300_000, hookTimeout: 90_000 });

let dataDir: string;
let postgres: EmbeddedPostgres;
let fixture: ProductFixture;
let server: SpawnedServer & { url: string };
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'gangway-connections-'));
  postgres = await startEmbeddedPostgres({ dataDir });
  fixture = await createProductFixture({ ownerUrl: postgres.ownerUrl, drop: () => Promise.resolve() });
  server = await fixture.start({ DEMO: '1' });
  await fixture.addWebhook();
});
afterAll(async () => {
  await fixture.drop();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** Ends connections of the server, as an administrator or a failover does. */
async function endConnections(limit: number): Promise<void> {
  const text = `SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
    ORDER BY random() LIMIT $1) some`;
  await fixture.owner.query(text, [limit]).catch(() => undefined); // a connection of our own was among them
}

async function killPostgres(): Promise<void> {
  const [pid] = (await readFile(path.join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGKILL');
  await vi.waitFor(() => fixture.owner.query('SELECT 1'), { timeout: 30_000, interval: 50 });
}

async function untilReadyAgain(): Promise<void> {
  const status = async () => (await fetch(`${server.url}/readyz`)).status;
  await vi.waitFor(async () => expect(await status()).toBe(200), { timeout: 20_000, interval: 50 });
}

it('the server lives through every lost connection, and nothing is lost or doubled', async () => {
  const member = await signInMember(() => server.url);
  const first = await fixture.createTenant(server.url, 'first');
  const clients = await startBusyClients(server.url, first, member);
  const over = new AbortController();
  const streams: Promise<number[]>[] = [];
  const createMany = async (client: number) => {
    for (let count = 1; !over.signal.aborted; count += 1) {
      const accepted = await insistOnTenant(() => server.url, `cut-${client}-${count}`);
      fixture.accepted.push(accepted);
      streams.push(followRun(server.url, accepted.runId));
    }
  };
  const creating = Promise.all([1, 2, 3, 4].map(createMany));
  for (let round = 0; round < 2; round += 1) {
    for (let cut = 0; cut < 100; cut += 1) {
      await endConnections(1);
      await sleep(Math.random() * 30);
    }
    for (let cut = 0; cut < 40; cut += 1) {
      await endConnections(100);
      await sleep(Math.random() * 150);
    }
    await untilReadyAgain();
    await killPostgres();
    await untilReadyAgain();
  }
  over.abort();
  await creating;
  const report = await clients.stop();
  for (const ids of await Promise.all(streams)) expect(ids).toEqual(ids.map((_, index) => index + 1));
  expect(report.faults).toEqual([]);
  expect([...report.statuses.keys()].toSorted()).toEqual([200, 503]);
  expect(server.child.exitCode, server.output()).toBeNull();
  const runs = await fixture.untilQuiet(server.url, 90_000);
  expect([...runs.values()].filter((run) => run['status'] !== 'succeeded')).toEqual([]);
  await fixture.check(server.url);
});
