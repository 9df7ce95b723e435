import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { callPartner, DEMO_KEY, hasEnded, untilRun } from '../testing/partner-client.js';
import { createProductFixture, type ProductFixture } from '../testing/product-fixture.js';
import { endServer } from '../testing/spawn-server.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let fixture: ProductFixture;
beforeEach(async () => {
  fixture = await createProductFixture();
});
afterEach(() => fixture.drop());

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

it('SIGTERM while a creation waits in the call: it is answered at once, and its run goes on in the next process', async () => {
  const first = await fixture.start({ DEMO: '1', FAULT: 'tenant.create.setting_up_data.before:hang' });
  const waiting = createAndWait(first.url, 'waited-out');
  await untilStep(first.url, 'setting_up_data');
  const ended = endServer(first, 'SIGTERM');
  const { status, applied, body } = await waiting;
  expect([status, applied]).toEqual([201, 'wait=60']);
  expect(body.operation_run).toMatchObject({ id: body.operation_run_id, status: 'running' });
  expect(await ended, first.output()).toBe(0);
  const second = await fixture.start({ DEMO: '1' });
  expect(await untilRun(second.url, body.operation_run_id, hasEnded)).toMatchObject({ status: 'succeeded' });
  await fixture.check(second.url);
});

async function createAndWait(url: string, name: string) {
  const response = await fetch(`${url}/api/provisioning/tenants`, {
    method: 'POST',
    headers: { authorization: `Bearer ${DEMO_KEY}`, 'content-type': 'application/json', prefer: 'wait=60' },
    body: JSON.stringify({ client_name: name, email: `${name}@example.com` }),
  });
  const body = (await response.json()) as { operation_run_id: string; operation_run: unknown };
  return { status: response.status, applied: response.headers.get('preference-applied'), body };
}

/** Waits until a run has come to the step. */
const untilStep = (url: string, step: string) =>
  vi.waitFor(
    async () => {
      const { body } = await callPartner(url, 'GET', '/operation-runs?state=live');
      expect(JSON.stringify(body)).toContain(`"step":"${step}"`);
    },
    { timeout: 20_000, interval: 100 },
  );

/** The ids of the events until the server ends the stream. */
async function watch(url: string, runId: string, lastEventId: number): Promise<number[]> {
  const response = await fetch(`${url}/api/provisioning/operation-runs/${runId}/events`, {
    headers: { authorization: `Bearer ${DEMO_KEY}`, 'last-event-id': String(lastEventId) },
  });
  return [...(await response.text()).matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
}
