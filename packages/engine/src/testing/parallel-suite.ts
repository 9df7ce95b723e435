/** How steps behave that may run side by side: two and three both need one, and four needs both of them. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../port.js';
import { loadEventsSince } from '../store/load-events-since.js';
import { checkEverything } from './check-everything.js';
import type { MakeEngine } from './engine-suite.js';
import { createTestBed, type TestBed } from './test-bed.js';
import type { Act } from './test-operation.js';
import { PARALLEL, testPlan } from './test-plan.js';

export function describeParallel(name: string, make: MakeEngine): void {
  describe(`steps side by side, on the ${name} engine`, () => {
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

    const start = (script: Record<string, Act>, more: object = {}) =>
      bed.start(script, { plan: testPlan(PARALLEL), ...more });
    const end = (id: string) => bed.until(id, bed.ended, 30_000);
    const calls = async (id: string, direction: string) =>
      (await bed.calls(id)).filter((call) => call.direction === direction).map((call) => call.step);
    const told = async (id: string) =>
      (await loadEventsSince(bed.sql, id, 0)).flatMap(({ kind, changed }) =>
        changed ? [`${kind} ${changed.name}`] : [],
      );

    it.each([
      ['through a queue', (script: Record<string, Act>) => start(script)],
      [
        'at once',
        async (script: Record<string, Act>) =>
          (await engine.create(bed.newRun({ plan: testPlan(PARALLEL), input: { script } }))).operationRunId,
      ],
    ])('start together, and what needs both waits for both, started %s', async (_how, begin) => {
      const id = await begin({ two: 'slow', three: 'long' });
      expect(await end(id)).toMatchObject({ status: 'succeeded', progress: 100 });
      expect(await told(id)).toEqual([
        'step.started one',
        'step.finished one',
        'step.started two',
        'step.started three',
        'step.finished two',
        'step.finished three',
        'step.started four',
        'step.finished four',
      ]);
      expect((await bed.get(id)).result).toEqual({ made: ['one', 'two', 'three', 'four'], value: null });
    });

    it('are undone in the reverse order of their ends, and what needs a failed one is skipped', async () => {
      const id = await start({ two: 'refused', three: 'slow' });
      const run = await end(id);
      expect(run).toMatchObject({ status: 'failed', reasonCode: 'tenant.duplicate' });
      expect(run.steps.map((step) => step.status)).toEqual([
        'compensated',
        'compensated',
        'compensated',
        'skipped',
      ]);
      expect(await calls(id, 'undo')).toEqual(['three', 'two', 'one']);
      const reversed = await start({ two: 'long', three: 'slow', four: 'refused' });
      await end(reversed);
      expect(await calls(reversed, 'undo')).toEqual(['two', 'three', 'one']);
    });

    it('wait for their next attempt beside others that run', async () => {
      const id = await start({ two: 'throttled', three: 'long' });
      expect(await end(id)).toMatchObject({ status: 'succeeded', crashes: 0 });
      expect((await calls(id, 'forward')).toSorted()).toEqual(['four', 'one', 'three', 'two', 'two']);
      const events = await told(id);
      expect(events.indexOf('step.finished two')).toBeLessThan(events.indexOf('step.finished three'));
    });

    it('give the run back when all of them wait, each as long as it was asked to', async () => {
      const id = await start({ two: 'throttled', three: 'patient' });
      await bed.until(id, (run) => run.waitingUntil !== null);
      expect(await end(id)).toMatchObject({ status: 'succeeded', waitingUntil: null, crashes: 0 });
      expect((await calls(id, 'forward')).toSorted()).toEqual([
        'four',
        'one',
        'three',
        'three',
        'two',
        'two',
      ]);
      const { rows } = await bed.owner.query<{ step: string; ms: number }>(
        `SELECT step, extract(epoch FROM max(at) - min(at))::float8 * 1000 AS ms FROM test_calls
         WHERE run_id = $1 AND step IN ('two', 'three') GROUP BY step ORDER BY step DESC`,
        [id],
      );
      expect(rows[0]?.ms).toBeGreaterThan(650);
      expect(rows[1]?.ms).toBeGreaterThan(1_900);
    });

    it('are all ended by a cancel, and undone', async () => {
      const id = await start({ two: 'hang', three: 'hang' });
      await bed.until(id, (run) => run.steps.filter((step) => step.status === 'running').length === 2);
      await engine.signal(id, { kind: 'cancel', reason: 'Enough', by: 'Somebody' });
      expect(await end(id)).toMatchObject({
        status: 'failed',
        reasonCode: 'run.cancelled',
        message: 'Enough',
      });
      expect(await bed.things(id)).toEqual([]);
      expect((await calls(id, 'undo')).toSorted()).toEqual(['one', 'three', 'two']);
    });

    it('are parked together, and only what has not succeeded is resumed', async () => {
      const id = await start({ two: 'refused', three: 'slow' }, { failurePolicy: 'hold' });
      expect(await end(id)).toMatchObject({ status: 'failed', held: true });
      expect(await bed.things(id)).toEqual(['one', 'three']);
      await bed.owner.query(`UPDATE operation_runs SET input = '{}' WHERE id = $1`, [id]);
      await engine.signal(id, { kind: 'resume' });
      expect(await bed.until(id, (run) => run.status === 'succeeded')).toMatchObject({ progress: 100 });
      // The two that start together are called in either order.
      expect((await calls(id, 'forward')).toSorted()).toEqual(['four', 'one', 'three', 'two', 'two']);
      expect((await calls(id, 'forward')).slice(-2)).toEqual(['two', 'four']);
    });

    it('take an update until the step that uses it starts, whatever runs beside it', async () => {
      const id = await start({ one: 'slow', two: 'slow', three: 'slow' }, { input: { value: 'old' } });
      await bed.until(id, (run) => run.step === 'one');
      await engine.signal(id, { kind: 'update', field: 'value', value: 'new', by: 'Somebody' });
      await bed.until(id, (run) => run.steps[2]?.status === 'running');
      const late = engine.signal(id, { kind: 'update', field: 'value', value: 'late', by: 'X' });
      await expect(late).rejects.toMatchObject({ reasonCode: 'run.update_too_late' });
      expect(await end(id)).toMatchObject({ status: 'succeeded', result: { value: 'new' } });
    });

    it('are left alone by workers of versions that know only one step at a time', async () => {
      const id = await start({ three: 'hang' });
      await bed.until(id, (run) => run.steps[1]?.status === 'succeeded');
      const { rows } = await bed.owner.query('SELECT priority FROM operation_runs WHERE id = $1', [id]);
      // They claim the priorities 0 and 1.
      expect(rows).toEqual([{ priority: 2 }]);
      await engine.signal(id, { kind: 'cancel', reason: null, by: 'Somebody' });
      await end(id);
    });
  });
}
