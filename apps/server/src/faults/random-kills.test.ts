import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { connectDirectory, sandboxConnection, signInMember } from '../testing/member-client.js';
import { callPartner } from '../testing/partner-client.js';
import { createProductFixture, type ProductFixture } from '../testing/product-fixture.js';
import { endServer, type SpawnedServer, untilReady } from '../testing/spawn-server.js';

// One server that does everything, killed 15 times while tenants are created and connections are verified.

vi.setConfig({ testTimeout: 180_000, hookTimeout: 90_000 });

const KILLS = 15;

let fixture: ProductFixture;
let server: SpawnedServer & { url: string };
beforeAll(async () => {
  fixture = await createProductFixture();
  server = await fixture.start({ DEMO: '1' });
  await fixture.addWebhook();
});
afterAll(() => fixture.drop());

it('what was acknowledged is there once, whenever the server is killed, and every run ends', async () => {
  const member = await signInMember(() => server.url);
  const { managedTenantId } = await connectDirectory(member, 'healthy.sandbox.example', 'sandbox-secret');
  const unanswered = new Set<string>();
  let asked = 0;
  const load = new AbortController();
  const createMany = async () => {
    while (!load.signal.aborted) {
      const name = `load-${(asked += 1)}`;
      const isAnswered = await fixture.createTenant(server.url, name).then(
        () => true,
        () => false,
      );
      if (!isAnswered) unanswered.add(name);
      await sleep(isAnswered ? 50 : 500);
    }
  };
  const verifyMany = async () => {
    while (!load.signal.aborted) {
      await verifyAnew().catch(() => undefined);
      await sleep(300);
    }
  };
  const verifyAnew = async () => {
    const { id: providerConnectionId } = await member.mutate<{ id: string }>('connections.create', {
      managedTenantId,
      displayName: 'Under load',
      ...sandboxConnection('sandbox-secret'),
    });
    await member.mutate('connections.setDefault', { providerConnectionId });
    await member.mutate('operations.start', { managedTenantId, operationType: 'provider.connection.check' });
  };
  const underWay = [createMany(), createMany(), verifyMany()];
  for (let kill = 0; kill < KILLS; kill += 1) {
    // At no time in particular.
    await sleep(100 + Math.random() * 900);
    await endServer(server, 'SIGKILL');
    const next = fixture.spawn({ DEMO: '1' });
    server = { ...next, url: await untilReady(next) };
  }
  load.abort();
  await Promise.all(underWay);
  // As partners do: the same request under the same key, until there is an answer.
  await Promise.all([...unanswered].map((name) => insist(() => fixture.createTenant(server.url, name))));
  // A run whose worker was lost three times at one step is parked, whoever was to blame; it goes on when it is told to.
  for (const [id, run] of await fixture.untilQuiet(server.url)) {
    if (!run['held']) continue;
    expect(run['reason_code']).toBe('run.worker_lost');
    await callPartner(server.url, 'POST', `/operation-runs/${id}/resume`);
  }
  const runs = await fixture.untilQuiet(server.url);
  expect([...runs.values()].filter((run) => run['status'] === 'failed')).toEqual([]);
  expect(fixture.accepted.length).toBeGreaterThan(KILLS);
  await fixture.check(server.url);
});

async function insist(attempt: () => Promise<unknown>): Promise<void> {
  for (const end = Date.now() + 60_000; ;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(500);
    }
  }
}
