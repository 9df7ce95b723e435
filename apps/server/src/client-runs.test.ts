import {
  createGangwayClient,
  isGangwayError,
  waitForRun,
  watchRun,
  type OperationRunEvent,
} from '@gangway/client/index';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEMO_KEY } from './testing/partner-client.js';
import { createProductFixture, type ProductFixture } from './testing/product-fixture.js';
import { endServer } from './testing/spawn-server.js';

// Runs as the typed client follows them, on servers that hang or die in the middle.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let fixture: ProductFixture;
beforeEach(async () => {
  fixture = await createProductFixture();
});
afterEach(() => fixture.drop());

const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );
async function createTenant(url: string, name: string) {
  const client = createGangwayClient({ url, apiKey: DEMO_KEY });
  const input = { client_name: name, email: `${name}@client-runs.example` };
  const tenant = await client.provisioning.tenants.create.mutate(input);
  return { client, runId: tenant.operation_run_id ?? '' };
}

test('a run is watched and waited for across a server that is killed and comes back', async () => {
  const first = await fixture.start({ DEMO: '1', FAULT: 'tenant.create.setting_up_data.before:hang' });
  const { client, runId } = await createTenant(first.url, 'killed');
  const events: OperationRunEvent[] = [];
  const watched = (async () => {
    for await (const event of watchRun(client, runId)) events.push(event);
  })();
  const waited = waitForRun(client, runId);
  await vi.waitFor(() => expect(events.map(({ step }) => step?.name)).toContain('setting_up_data'), 20_000);
  await endServer(first, 'SIGKILL');
  await fixture.start({ DEMO: '1', PORT: new URL(first.url).port });
  const run = await waited;
  expect(run).toMatchObject({ id: runId, status: 'succeeded', progress: 100 });
  await watched;
  expect(events.map(({ id }) => Number(id))).toEqual(events.map((_, index) => index + 1));
  expect(events.at(-1)).toMatchObject({ kind: 'run.finished', run: { status: 'succeeded' } });
});

test('a wait ends with a timeout, an abort, the reason of the run, or what the call is rejected with', async () => {
  const server = await fixture.start({ DEMO: '1', FAULT: 'tenant.create.sending_welcome_email.before:hang' });
  const { client, runId } = await createTenant(server.url, 'hangs');
  expect(await failure(waitForRun(client, runId, { timeoutMs: 50 }))).toMatchObject({ name: 'TimeoutError' });
  const controller = new AbortController();
  const aborted = failure(waitForRun(client, runId, { signal: controller.signal }));
  controller.abort();
  expect(await aborted).toMatchObject({ name: 'AbortError' });
  const cancelled = failure(waitForRun(client, runId));
  await client.provisioning.operationRuns.cancel.mutate({ operation_run_id: runId });
  const error = await cancelled;
  expect(isGangwayError(error, 'run.cancelled') && error.data.run).toMatchObject({
    id: runId,
    status: 'failed',
  });
  const unknown = await failure(waitForRun(client, '01900000-0000-7000-8000-000000000000'));
  expect(isGangwayError(unknown, 'resource.not_found')).toBe(true);
});
