import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkEverything } from '../testing/check-everything.js';
import { createTestBed, type TestBed } from '../testing/test-bed.js';
import { killWorker, spawnWorker } from '../testing/spawn-worker.js';

const LEASE_MS = 1_500;
const STEPS = ['one', 'two', 'three', 'four'];
const points = [
  ...STEPS.flatMap((step) => [`${step}.before`, `${step}.after`]),
  ...STEPS.slice(0, 3).flatMap((step) => [`${step}.undo.before`, `${step}.undo.after`]),
];

let bed: TestBed;
const children = new Set<ChildProcess>();
beforeAll(async () => {
  bed = await createTestBed(4);
});
afterEach(async () => {
  await Promise.all([...children].map((child) => killWorker(child)));
  children.clear();
  await checkEverything(bed);
});
afterAll(() => bed.drop());

async function worker(fault?: string): Promise<ChildProcess> {
  const child = await spawnWorker(
    'worker-child.js',
    [bed.database.url, String(LEASE_MS)],
    fault ? { FAULT: fault } : {},
  );
  children.add(child);
  return child;
}

describe('a worker that is killed with -9', () => {
  it.each(points)('at %s: another one ends the run within the lease and 5 s', async (point) => {
    const doomed = await worker(`tenant.create.${point}:kill`);
    const rescuer = worker();
    const died = once(doomed, 'exit');
    const isUndo = point.includes('.undo.');
    const id = await bed.start(isUndo ? { four: 'refused' } : {});
    await rescuer;
    const startedAt = Date.now();
    const run = await bed.until(id, bed.ended, LEASE_MS + 8_000);
    expect(run).toMatchObject(
      isUndo ? { status: 'failed', reasonCode: 'tenant.duplicate' } : { status: 'succeeded' },
    );
    expect(await bed.things(id)).toEqual(isUndo ? [] : ['four', 'one', 'three', 'two']);
    expect(Date.now() - startedAt).toBeLessThan(LEASE_MS + 5_000);
    // The rescuer may have been the first to claim the run; then nobody died.
    if (run.fence > 1) await died;
  });
});

describe('a run that takes its workers down', () => {
  it('is parked after three of them, and the others go on', async () => {
    const poison = await bed.start();
    const doomed = async () => once(await worker('tenant.create.one.before:kill'), 'exit');
    for (let round = 0; round < 3; round += 1) {
      await doomed();
      await sleep(LEASE_MS);
    }
    await worker();
    expect(await bed.until(poison, bed.ended)).toMatchObject({
      status: 'failed',
      reasonCode: 'run.worker_lost',
      held: true,
    });
    expect(await bed.until(await bed.start(), bed.ended)).toMatchObject({ status: 'succeeded' });
  });
});

describe('a worker that is stopped past its lease and continued', () => {
  it('cannot write any more', async () => {
    const stopped = await worker();
    const id = await bed.start({ two: 'slow' });
    // Its effect has begun: what a stopped process had under way cannot be called back, only its writes refused.
    await vi.waitFor(async () => expect((await bed.calls(id)).map((call) => call.step)).toContain('two'));
    stopped.kill('SIGSTOP');
    await worker();
    expect(await bed.until(id, bed.ended)).toMatchObject({ status: 'succeeded' });
    const before = await bed.get(id);
    stopped.kill('SIGCONT');
    await sleep(1_000);
    expect(await bed.get(id)).toEqual(before);
  });
});

describe('SIGTERM in the middle of a run', () => {
  it('ends with 0 within the drain time, and the next process goes on', async () => {
    const first = await worker();
    const id = await bed.start({ one: 'slow', two: 'slow', three: 'slow', four: 'slow' });
    await bed.until(id, (run) => run.step === 'two');
    expect(await killWorker(first, 'SIGTERM')).toBe(0);
    expect(await bed.get(id)).toMatchObject({ status: 'running', waitingUntil: null });
    await worker();
    expect(await bed.until(id, bed.ended)).toMatchObject({ status: 'succeeded', crashes: 0 });
    expect(
      (await bed.calls(id)).filter((call) => call.direction === 'forward').map((call) => call.step),
    ).toEqual(STEPS);
  });
});

describe('many workers on one queue', () => {
  it('execute every run once', async () => {
    await Promise.all(Array.from({ length: 4 }, () => worker()));
    const ids = await Promise.all(Array.from({ length: 60 }, () => bed.start()));
    for (const id of ids) {
      expect(await bed.until(id, bed.ended, 20_000)).toMatchObject({ status: 'succeeded' });
      expect((await bed.calls(id)).map((call) => call.step)).toEqual(STEPS);
    }
    const { rows } = await bed.owner.query('SELECT DISTINCT pid FROM test_calls WHERE run_id = ANY ($1)', [
      ids,
    ]);
    expect(rows.length).toBeGreaterThan(1);
  });
});
