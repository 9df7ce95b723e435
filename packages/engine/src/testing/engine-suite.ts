/** How a run behaves, whatever engine executes it: the same tests for both. */
import { uuidv7 } from 'uuidv7';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { EngineOptions } from '../options.js';
import { RunConflictError } from '../errors.js';
import type { Engine } from '../port.js';
import type { NewRun } from '../store/create-run.js';
import { loadEventsSince } from '../store/load-events-since.js';
import { checkEverything } from './check-everything.js';
import { createTestBed, type TestBed } from './test-bed.js';

export type MakeEngine = (bed: TestBed, options?: Partial<EngineOptions>) => Promise<Engine>;

export function describeEngine(name: string, make: MakeEngine): void {
  describe(`runs on the ${name} engine`, () => {
    let bed: TestBed;
    let engine: Engine;
    let isAllowed = true;
    beforeAll(async () => {
      bed = await createTestBed();
      engine = await make(bed, { authorize: () => Promise.resolve(isAllowed), graceMs: 200 });
      await engine.start();
    });
    afterEach(() => checkEverything(bed));
    afterAll(async () => {
      await engine.stop();
      await bed.drop();
    });

    const statuses = (run: Awaited<ReturnType<TestBed['get']>>) => run.steps.map((step) => step.status);
    const end = (id: string) => bed.until(id, bed.ended);

    it('walks the steps in order, once each, and tells every one of them', async () => {
      const id = await bed.start({}, { input: { value: 'x' } });
      const run = await end(id);
      expect(run).toMatchObject({
        status: 'succeeded',
        progress: 100,
        result: { made: ['one', 'two', 'three', 'four'], value: 'x' },
      });
      expect((await bed.calls(id)).map((call) => call.step)).toEqual(['one', 'two', 'three', 'four']);
      const events = await loadEventsSince(bed.sql, id, 0);
      expect(events.map((event) => event.kind)).toEqual([
        'run.queued',
        'run.started',
        ...Array.from({ length: 4 }, () => ['step.started', 'step.finished']).flat(),
        'run.finished',
      ]);
      expect(events.map((event) => event.seq)).toEqual(events.map((_event, index) => index + 1));
      expect(events.at(-1)?.run.status).toBe('succeeded');
      expect(events.at(-2)?.run.status).toBe('running');
    });

    it('creates more runs than it has slots for, and walks them all', async () => {
      const created = await Promise.all(
        Array.from({ length: 40 }, () => engine.create(bed.newRun({ input: { script: { two: 'slow' } } }))),
      );
      for (const { operationRunId } of created) {
        expect(await end(operationRunId)).toMatchObject({ status: 'succeeded', progress: 100, crashes: 0 });
        const events = await loadEventsSince(bed.sql, operationRunId, 0);
        expect(events.map((event) => [event.seq, event.kind, event.run.status]).slice(0, 2)).toEqual([
          [1, 'run.queued', 'queued'],
          [2, 'run.started', 'running'],
        ]);
        expect(events).toHaveLength(11);
      }
    });

    it('tries a flaky step again, up to three times', async () => {
      const id = await bed.start({ two: 'flaky' });
      expect(await end(id)).toMatchObject({ status: 'succeeded' });
      expect((await bed.calls(id)).map((call) => `${call.step}${call.attempt}`)).toEqual([
        'one1',
        'two1',
        'two2',
        'two3',
        'three1',
        'four1',
      ]);
    });

    it('waits as long as the provider asks, and says until when', async () => {
      const id = await bed.start({ two: 'throttled' });
      const waiting = await bed.until(id, (run) => run.waitingUntil !== null);
      expect(waiting).toMatchObject({ status: 'running', reasonCode: 'provider.throttled' });
      expect(await end(id)).toMatchObject({ status: 'succeeded', waitingUntil: null, reasonCode: null });
      const { rows } = await bed.owner.query<{ ms: number }>(
        `SELECT extract(epoch FROM max(at) - min(at)) * 1000 AS ms FROM test_calls WHERE run_id = $1 AND step = 'two'`,
        [id],
      );
      expect(Number(rows[0]?.ms)).toBeGreaterThan(650);
    });

    it('undoes everything in reverse, the failed step included, when the attempts are used up', async () => {
      const id = await bed.start({ three: 'broken' });
      const run = await end(id);
      expect(run).toMatchObject({ status: 'failed', reasonCode: 'provider.unavailable', held: false });
      expect(run.warnings).toMatchObject([{ reasonCode: 'run.rolled_back' }]);
      expect(statuses(run)).toEqual(['compensated', 'compensated', 'compensated', 'skipped']);
      const undone = (await bed.calls(id))
        .filter((call) => call.direction === 'undo')
        .map((call) => call.step);
      expect(undone).toEqual(['three', 'two', 'one']);
      expect(await bed.things(id)).toEqual([]);
    });

    it('does not try again what cannot succeed', async () => {
      const id = await bed.start({ two: 'refused' });
      expect(await end(id)).toMatchObject({ status: 'failed', reasonCode: 'tenant.duplicate' });
      expect(
        (await bed.calls(id)).filter((call) => call.step === 'two' && call.direction === 'forward'),
      ).toHaveLength(1);
    });

    it('tries a compensation again, and says what is left when it fails for good', async () => {
      const flaky = await bed.start({ one: 'undo-flaky', two: 'refused' });
      expect(await end(flaky)).toMatchObject({ status: 'failed', reasonCode: 'tenant.duplicate' });
      const broken = await bed.start({ one: 'undo-broken', two: 'refused' });
      const stuck = await end(broken);
      expect(stuck).toMatchObject({
        status: 'failed',
        reasonCode: 'run.rollback_failed',
        result: { left: [{ what: 'thing', id: 'one' }] },
      });
      await bed.owner.query(`UPDATE operation_runs SET input = '{}' WHERE id = $1`, [broken]);
      await engine.signal(broken, { kind: 'rollBack' });
      expect(await bed.until(broken, (run) => run.reasonCode === 'run.rolled_back')).toMatchObject({
        status: 'failed',
      });
      expect(await bed.things(broken)).toEqual([]);
    });

    it('leaves an effect behind that does not notice its cancellation', async () => {
      const id = await bed.start({ four: 'deaf' });
      await bed.until(id, (run) => run.step === 'four');
      await engine.signal(id, { kind: 'cancel', reason: 'Changed my mind', by: 'Somebody' });
      const run = await end(id);
      expect(run).toMatchObject({
        status: 'failed',
        reasonCode: 'run.cancelled',
        message: 'Changed my mind',
        cancelledBy: 'Somebody',
      });
      expect(await bed.things(id)).toEqual([]);
    });

    it.each(['one', 'two', 'three', 'four'])(
      'cancels in the middle of step %s and undoes what there is',
      async (step) => {
        const id = await bed.start({ [step]: 'hang' });
        await bed.until(id, (run) => run.step === step);
        await engine.signal(id, { kind: 'cancel', reason: null, by: 'Somebody' });
        await engine.signal(id, { kind: 'cancel', reason: null, by: 'Somebody else' }).catch(() => undefined);
        expect(await end(id)).toMatchObject({
          status: 'failed',
          reasonCode: 'run.cancelled',
          cancelledBy: 'Somebody',
        });
        expect(await bed.things(id)).toEqual([]);
        await expect(engine.signal(id, { kind: 'cancel', reason: null, by: 'X' })).rejects.toThrow(
          RunConflictError,
        );
      },
    );

    it('cancels while waiting for the next attempt', async () => {
      const id = await bed.start({ two: 'throttled' });
      await bed.until(id, (run) => run.waitingUntil !== null);
      await engine.signal(id, { kind: 'cancel', reason: null, by: 'Somebody' });
      expect(await end(id)).toMatchObject({ reasonCode: 'run.cancelled' });
    });

    it('takes an update of what is ahead, refuses it once the step has begun', async () => {
      const id = await bed.start({ two: 'slow', three: 'slow' }, { input: { value: 'old' } });
      await bed.until(id, (run) => run.step === 'two');
      await engine.signal(id, { kind: 'update', field: 'value', value: ' new ', by: 'Somebody' });
      await expect(
        engine.signal(id, { kind: 'update', field: 'other', value: 1, by: 'X' }),
      ).rejects.toMatchObject({ reasonCode: 'validation.failed' });
      await bed.until(id, (run) => run.step === 'three');
      const late = engine.signal(id, { kind: 'update', field: 'value', value: 'late', by: 'X' });
      await expect(late).rejects.toMatchObject({ reasonCode: 'run.update_too_late' });
      expect(await end(id)).toMatchObject({ status: 'succeeded', result: { value: 'new' } });
    });

    it('parks a late failure under `hold`, and resumes it from the failed step', async () => {
      const id = await bed.start({ three: 'refused' }, { failurePolicy: 'hold' });
      expect(await end(id)).toMatchObject({ status: 'failed', held: true, reasonCode: 'tenant.duplicate' });
      expect(await bed.things(id)).toEqual(['one', 'two']);
      await bed.owner.query(`UPDATE operation_runs SET input = '{}' WHERE id = $1`, [id]);
      expect(await engine.signal(id, { kind: 'resume' })).toBe('queued');
      expect(await bed.until(id, (run) => run.status === 'succeeded')).toMatchObject({
        held: false,
        progress: 100,
      });
      expect((await bed.calls(id)).map((call) => call.step)).toEqual([
        'one',
        'two',
        'three',
        'three',
        'four',
      ]);
      await expect(engine.signal(id, { kind: 'resume' })).rejects.toThrow(RunConflictError);
    });

    it('lists what a rollback of a parked run would delete, then deletes exactly that', async () => {
      const id = await bed.start({ three: 'refused' }, { failurePolicy: 'hold' });
      await end(id);
      const dry = await engine.listRollBack(id);
      expect(dry).toEqual([
        { step: 'two', what: 'thing', id: 'two' },
        { step: 'one', what: 'thing', id: 'one' },
      ]);
      expect(await bed.things(id)).toEqual(['one', 'two']);
      await engine.signal(id, { kind: 'rollBack' });
      expect(await bed.until(id, (run) => run.reasonCode === 'run.rolled_back')).toMatchObject({
        status: 'failed',
        held: false,
      });
      expect(await bed.things(id)).toEqual([]);
    });

    it('does nothing for somebody who lost the right meanwhile', async () => {
      isAllowed = false;
      try {
        const id = await bed.start();
        expect(await end(id)).toMatchObject({ status: 'failed', reasonCode: 'run.authorization_revoked' });
        expect(await bed.calls(id)).toEqual([]);
      } finally {
        isAllowed = true;
      }
    });

    it('asks again for the right when a parked run is resumed, and undoes it for who lost it', async () => {
      const id = await bed.start({ three: 'refused' }, { failurePolicy: 'hold' });
      await end(id);
      isAllowed = false;
      try {
        await engine.signal(id, { kind: 'resume' });
        const run = await bed.until(id, (now) => now.reasonCode === 'run.authorization_revoked');
        expect(run).toMatchObject({ status: 'failed' });
        expect((await bed.calls(id)).filter((call) => call.direction === 'forward')).toHaveLength(3);
      } finally {
        isAllowed = true;
      }
    });

    it.each([
      ['in transactions of their own', (request: Partial<NewRun>) => bed.create(request)],
      ['through the engine', (request: Partial<NewRun>) => engine.create(bed.newRun(request))],
    ])('gives one run to 50 who start it at once %s', async (_how, create) => {
      const subjectId = uuidv7();
      const runs = await Promise.all(
        Array.from({ length: 50 }, () => create({ subjectId, input: { script: { one: 'hang' } } })),
      );
      expect(new Set(runs.map((run) => run.operationRunId)).size).toBe(1);
      expect(runs.filter((run) => !run.reused)).toHaveLength(1);
      const id = runs[0]?.operationRunId ?? '';
      await engine.signal(id, { kind: 'cancel', reason: null, by: 'Somebody' });
      expect(await end(id)).toMatchObject({ reasonCode: 'run.cancelled' });
    });
  });
}
