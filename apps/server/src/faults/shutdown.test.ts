import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DEMO_KEY, hasEnded, untilRun } from '../testing/partner-client.js';
import { createProductFixture, type ProductFixture } from '../testing/product-fixture.js';
import { endServer } from '../testing/spawn-server.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let fixture: ProductFixture;
beforeAll(async () => {
  fixture = await createProductFixture();
});
afterAll(() => fixture.drop());

it('SIGTERM in the middle of a step that never ends: out within 10 s with 0, and the next process goes on', async () => {
  const first = await fixture.start({ DEMO: '1', FAULT: 'tenant.create.setting_up_data.before:hang' });
  const { runId } = await fixture.createTenant(first.url, 'drained');
  await untilRun(first.url, runId, (run) => run['step'] === 'setting_up_data');
  const watching = watch(first.url, runId, 0);
  // The watcher has seen what there is to be seen.
  await sleep(500);

  const ended = await Promise.race([endServer(first, 'SIGTERM'), sleep(10_000, 'still there')]);
  expect(ended, first.output()).toBe(0);
  const before = await watching;
  expect(before.length).toBeGreaterThan(0);

  const second = await fixture.start({ DEMO: '1' });
  expect(await untilRun(second.url, runId, hasEnded)).toMatchObject({ status: 'succeeded' });
  // Its stream ended without an end of the run, so that it came back, and it missed and repeated nothing.
  const after = await watch(second.url, runId, before.length);
  expect([...before, ...after]).toEqual([...before, ...after].map((_, index) => index + 1));
  expect(after.length).toBeGreaterThan(0);
  await fixture.check(second.url);
});

/** The ids of the events until the server ends the stream. */
async function watch(url: string, runId: string, lastEventId: number): Promise<number[]> {
  const response = await fetch(`${url}/api/provisioning/operation-runs/${runId}/events`, {
    headers: { authorization: `Bearer ${DEMO_KEY}`, 'last-event-id': String(lastEventId) },
  });
  return [...(await response.text()).matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
}
