import type { ChildProcess } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkEverything } from '../testing/check-everything.js';
import { killWorker, spawnWorker } from '../testing/spawn-worker.js';
import { findTemporal, startTemporal, type TemporalServer } from '../testing/temporal-server.js';
import { createTestBed, type TestBed } from '../testing/test-bed.js';

const LEASE_MS = 2_000;
const POINTS = ['one.before', 'two.after', 'four.after', 'three.undo.before', 'one.undo.after'];

describe.skipIf(!findTemporal())('a Temporal worker', () => {
  let server: TemporalServer;
  let bed: TestBed;
  const children = new Set<ChildProcess>();
  beforeAll(async () => {
    server = await startTemporal();
    bed = await createTestBed(4);
  });
  afterEach(async () => {
    await Promise.all([...children].map((child) => killWorker(child)));
    children.clear();
    await checkEverything(bed);
  });
  afterAll(async () => {
    await bed.drop();
    await server.stop();
  });

  async function worker(fault?: string): Promise<ChildProcess> {
    const args = [bed.database.url, server.address, String(LEASE_MS)];
    const child = await spawnWorker('temporal-worker-child.js', args, fault ? { FAULT: fault } : {});
    children.add(child);
    return child;
  }

  it.each(POINTS)(
    'that is killed at %s leaves a run that another one ends',
    async (point) => {
      await worker(`tenant.create.${point}:kill`);
      const isUndo = point.includes('.undo.');
      const id = await bed.start(isUndo ? { four: 'refused' } : {});
      await worker();
      const run = await bed.until(id, bed.ended, 30_000);
      expect(run).toMatchObject(
        isUndo ? { status: 'failed', reasonCode: 'tenant.duplicate' } : { status: 'succeeded' },
      );
      expect(await bed.things(id)).toEqual(isUndo ? [] : ['four', 'one', 'three', 'two']);
    },
    60_000,
  );

  it('that gets SIGTERM ends with 0, and the next one goes on', async () => {
    const first = await worker();
    const id = await bed.start({ one: 'slow', two: 'slow', three: 'slow' });
    await bed.until(id, (run) => run.step === 'two');
    expect(await killWorker(first, 'SIGTERM')).toBe(0);
    await worker();
    expect(await bed.until(id, bed.ended, 30_000)).toMatchObject({ status: 'succeeded', crashes: 0 });
  }, 60_000);
});
