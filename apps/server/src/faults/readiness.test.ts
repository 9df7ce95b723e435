import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createDatabaseProxy, type DatabaseProxy } from '../testing/database-proxy.js';
import { createProductFixture, type ProductFixture } from '../testing/product-fixture.js';

// /readyz answers whatever hangs. A load balancer gives up after some seconds, and takes silence for a dead server.

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

/** Generous for two seconds on a busy machine, and below the five in which a pool gives up. */
const ANSWER_WITHIN_MS = 4_500;

let fixture: ProductFixture;
let proxy: DatabaseProxy;
let url: string;
beforeAll(async () => {
  fixture = await createProductFixture();
  proxy = await createDatabaseProxy(fixture.ownerUrl);
  ({ url } = await fixture.start({ DEMO: '1', DATABASE_URL: proxy.url }));
});
afterAll(async () => {
  await fixture.drop();
  await proxy.close();
});

const probe = () => fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });

async function untilReady(): Promise<void> {
  const isReady = async () => expect((await probe()).status).toBe(200);
  await vi.waitFor(isReady, { timeout: 30_000, interval: 100 });
}

it('while connections are silent', async () => {
  await untilReady();
  proxy.freeze();
  const answers = await Promise.all([probe(), probe(), probe()]);
  expect(answers.map((answer) => answer.status)).toEqual([503, 503, 503]);
  expect(answers.map((answer) => Number(answer.headers.get('retry-after')) > 0)).toEqual([true, true, true]);
  await untilReady();
});

it('while every connection of the pool waits for a lock, and is ready when it is gone', async () => {
  await untilReady();
  const blocker = await fixture.owner.connect();
  try {
    await blocker.query(
      'BEGIN; LOCK TABLE partner_clients, api_keys, _prisma_migrations IN ACCESS EXCLUSIVE MODE',
    );
    const headers = { authorization: 'Bearer gwk_demo_partner_admin' };
    const waiting = Array.from({ length: 40 }, () => fetch(`${url}/api/provisioning/tenants`, { headers }));
    const answers = await Promise.all([probe(), probe(), probe()]);
    expect(answers.map((answer) => answer.status)).toEqual([503, 503, 503]);
    await blocker.query('ROLLBACK');
    for (const answer of await Promise.all(waiting)) expect([200, 503]).toContain(answer.status);
  } finally {
    blocker.release();
  }
  await untilReady();
});
