import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../port.js';
import { checkEverything } from '../testing/check-everything.js';
import { findTemporal, startTemporal, type TemporalServer } from '../testing/temporal-server.js';
import { createTestBed, type TestBed } from '../testing/test-bed.js';
import { createTestTemporalEngine } from '../testing/test-temporal-engine.js';

const WORKFLOWS_BEFORE = fileURLToPath(
  new URL('../../dist/testing/test-workflows-by-step.js', import.meta.url),
);
/** How long a run may take on a busy machine. Only a bound for what never ends. */
const TIMEOUT_MS = 60_000;

// During a deploy, workers of the version before work beside those of today, and some runs are begun by one and ended by another.
describe.skipIf(!findTemporal())('workers of two versions', { timeout: 3 * TIMEOUT_MS }, () => {
  let server: TemporalServer;
  let bed: TestBed;
  const started: Engine[] = [];
  beforeAll(async () => {
    server = await startTemporal();
    bed = await createTestBed();
  }, TIMEOUT_MS);
  afterEach(async () => {
    await Promise.all(started.splice(0).map((engine) => engine.stop()));
    await checkEverything(bed);
  }, TIMEOUT_MS);
  afterAll(async () => {
    await bed.drop();
    await server.stop();
  });

  async function start(more: { workflowsPath?: string } = {}): Promise<Engine> {
    const { db, registry } = bed;
    const engine = createTestTemporalEngine(server.address, { db, registry, leaseMs: 6_000, ...more });
    started.push(engine);
    await engine.start();
    return engine;
  }
  const startBefore = () => start({ workflowsPath: WORKFLOWS_BEFORE });
  const end = (id: string) => bed.until(id, bed.ended, TIMEOUT_MS);
  const steps = async (id: string) => (await bed.calls(id)).map((call) => call.step);

  it('go on with each step of a run that began under the version before', async () => {
    const before = await startBefore();
    const id = await bed.start({ two: 'slow', three: 'slow' }, { input: { value: 'x' } });
    const undone = await bed.start({ two: 'slow', three: 'slow', four: 'refused' });
    for (const run of [id, undone]) await bed.until(run, (now) => now.step === 'two', TIMEOUT_MS);
    await before.stop();
    await start();
    expect(await end(id)).toMatchObject({ status: 'succeeded', result: { value: 'x' }, crashes: 0 });
    expect((await steps(id)).filter((step) => step === 'one')).toHaveLength(1);
    expect(await end(undone)).toMatchObject({ status: 'failed', reasonCode: 'tenant.duplicate' });
    expect(await bed.things(undone)).toEqual([]);
  });

  it('side by side end every run, each step once', async () => {
    const [, today] = await Promise.all([startBefore(), start()]);
    const ids = await Promise.all(
      Array.from({ length: 12 }, (_item, index) =>
        bed.start(index % 3 === 0 ? { two: 'slow' } : index % 3 === 1 ? { three: 'refused' } : {}),
      ),
    );
    const cancelled = await bed.start({ three: 'hang' });
    await bed.until(cancelled, (run) => run.step === 'three', TIMEOUT_MS);
    await today?.signal(cancelled, { kind: 'cancel', reason: null, by: 'Somebody' });
    for (const [index, id] of ids.entries()) {
      const isRefused = index % 3 === 1;
      expect(await end(id)).toMatchObject({ status: isRefused ? 'failed' : 'succeeded', crashes: 0 });
      if (!isRefused) expect(await steps(id)).toEqual(['one', 'two', 'three', 'four']);
    }
    expect(await end(cancelled)).toMatchObject({ reasonCode: 'run.cancelled' });
  });
});
