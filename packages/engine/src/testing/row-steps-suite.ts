/** How steps behave that only write rows, whether they are written together or one by one: the same for both engines. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { RunConflictError } from '../errors.js';
import type { Engine } from '../port.js';
import { loadEventsSince } from '../store/load-events-since.js';
import type { NewRun } from '../store/create-run.js';
import { checkEverything } from './check-everything.js';
import type { MakeEngine } from './engine-suite.js';
import { createTestBed, type TestBed } from './test-bed.js';
import type { Act } from './test-operation.js';
import { testPlan } from './test-plan.js';

export function describeRowSteps(name: string, make: MakeEngine): void {
  describe(`steps that only write rows, on the ${name} engine`, () => {
    let bed: TestBed;
    let engine: Engine;
    beforeAll(async () => {
      bed = await createTestBed();
      engine = await make(bed, { graceMs: 200 });
      await engine.start();
    });
    afterEach(() => checkEverything(bed));
    afterAll(async () => {
      await engine.stop();
      await bed.drop();
    });

    const start = (script: Record<string, Act> = {}, more: Partial<NewRun> = {}) =>
      bed.start(script, { plan: testPlan('tenant.delete'), ...more });
    const end = (id: string) => bed.until(id, bed.ended);
    const called = async (id: string) => (await bed.calls(id)).map((call) => call.step);

    it('are told one after the other, with the progress of each', async () => {
      const id = await start({}, { input: { value: 'x' } });
      expect(await end(id)).toMatchObject({ status: 'succeeded', result: { value: 'x' } });
      expect(await bed.things(id)).toEqual(['four', 'one', 'three', 'two']);
      expect(await called(id)).toEqual(['one', 'two', 'three', 'four']);
      const told = (await loadEventsSince(bed.sql, id, 0)).map(
        ({ kind, changed, run }) => `${kind} ${changed?.name ?? '-'} ${run.status} ${run.progress}`,
      );
      expect(told).toEqual([
        'run.queued - queued 0',
        'run.started - running 0',
        'step.started one running 0',
        'step.finished one running 25',
        'step.started two running 25',
        'step.finished two running 50',
        'step.started three running 50',
        'step.finished three running 75',
        'step.started four running 75',
        'step.finished four running 100',
        'run.finished - succeeded 100',
      ]);
    });

    it('are undone when the database refuses the rows of one', async () => {
      const id = await start({ three: 'taken' });
      const run = await end(id);
      expect(run).toMatchObject({ status: 'failed', reasonCode: 'tenant.duplicate' });
      expect(run.steps.map((step) => step.status)).toEqual([
        'compensated',
        'compensated',
        'compensated',
        'skipped',
      ]);
      expect(await bed.things(id)).toEqual([]);
    });

    it('stand while a later one waits for its next attempt', async () => {
      const id = await start({ three: 'throttled' });
      await bed.until(id, (run) => run.waitingUntil !== null);
      expect(await bed.things(id)).toEqual(['one', 'two']);
      expect(await end(id)).toMatchObject({ status: 'succeeded' });
      expect(await called(id)).toEqual(['one', 'two', 'three', 'three', 'four']);
    });

    it('leave nothing when the run is cancelled meanwhile', async () => {
      const id = await start({ four: 'hang' });
      await vi.waitFor(async () => expect(await called(id)).toContain('four'));
      await engine.signal(id, { kind: 'cancel', reason: null, by: 'Somebody' });
      expect(await end(id)).toMatchObject({ status: 'failed', reasonCode: 'run.cancelled' });
      expect(await bed.things(id)).toEqual([]);
    });

    it('heed an update that was accepted, whenever it came', async () => {
      const id = await start({ three: 'slow' }, { input: { value: 'old' } });
      await vi.waitFor(async () => expect(await called(id)).toContain('three'));
      const update = engine.signal(id, { kind: 'update', field: 'value', value: 'new', by: 'Somebody' });
      const isAccepted = await update.then(
        () => true,
        (error: unknown) => (expect(error).toBeInstanceOf(RunConflictError), false),
      );
      expect(await end(id)).toMatchObject({
        status: 'succeeded',
        result: { value: isAccepted ? 'new' : 'old' },
      });
    });
  });
}
