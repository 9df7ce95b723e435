/** Signals at every moment of a run's life: heeded or refused, never ignored. The same for both engines. */
import type { OperationType } from '@gangway/contract/operation-types';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RunConflictError } from '../errors.js';
import type { Engine, RunSignal } from '../port.js';
import { checkEverything } from './check-everything.js';
import type { MakeEngine } from './engine-suite.js';
import { createTestBed, type TestBed } from './test-bed.js';
import { FINAL } from './test-operation.js';
import { testPlan } from './test-plan.js';

const RUNS = 24;
const CANCEL: RunSignal = { kind: 'cancel', reason: null, by: 'Somebody' };
const UPDATE: RunSignal = { kind: 'update', field: 'value', value: 'new', by: 'Somebody' };
const KINDS = [
  ['steps with effects', 'tenant.create'],
  ['steps that only write rows', 'tenant.delete'],
] as const;

export function describeSignals(name: string, make: MakeEngine): void {
  describe.each(KINDS)(`signals to %s, on the ${name} engine`, (_title, type) => {
    let bed: TestBed;
    let engine: Engine;
    let lifeMs: number;
    beforeAll(async () => {
      bed = await createTestBed();
      engine = await make(bed, { graceMs: 200 });
      await engine.start();
      const startedAt = performance.now();
      await many(type, () => Promise.resolve(null));
      lifeMs = performance.now() - startedAt;
    });
    afterEach(() => checkEverything(bed));
    afterAll(async () => {
      await engine.stop();
      await bed.drop();
    });

    /** Many runs side by side, each with something that happens to it; how they ended. */
    async function many<T>(type: OperationType, happens: (id: string, index: number) => Promise<T>) {
      const one = async (_item: unknown, index: number) => {
        const id = await bed.start({}, { plan: testPlan(type), input: { value: 'old' } });
        const told = await happens(id, index);
        return { id, told, run: await bed.until(id, bed.ended, 30_000) };
      };
      return Promise.all(Array.from({ length: RUNS }, one));
    }

    /** The signal, at another moment for each run, from its start to after its end. Null: accepted. */
    const sent = (signal: RunSignal) => async (id: string, index: number) => {
      await sleep((index / RUNS) * lifeMs);
      return engine.signal(id, signal).then(
        () => null,
        (error: unknown) => error,
      );
    };

    it('a cancel ends the run, or is told that it has ended', async () => {
      for (const { id, told, run } of await many(type, sent(CANCEL))) {
        const things = await bed.things(id);
        if (told === null) {
          expect(run).toMatchObject({ status: 'failed', reasonCode: 'run.cancelled' });
          expect(things.filter((step) => step !== 'four')).toEqual([]);
        } else {
          expect(told).toBeInstanceOf(RunConflictError);
          expect(told).toMatchObject({ reasonCode: 'run.finished' });
          expect(run).toMatchObject({ status: 'succeeded' });
          expect(things).toHaveLength(4);
        }
      }
    }, 60_000);

    it('a cancel of what cannot be cancelled is refused, and does nothing', async () => {
      for (const { told, run } of await many(FINAL, sent(CANCEL))) {
        expect(told).toBeInstanceOf(RunConflictError);
        expect(run).toMatchObject({ status: 'succeeded', cancelRequestedAt: null });
      }
    }, 60_000);

    it('an update is in the result, or is told that it came too late', async () => {
      for (const { told, run } of await many(type, sent(UPDATE))) {
        expect(run).toMatchObject({
          status: 'succeeded',
          result: { value: told === null ? 'new' : 'old' },
        });
        if (told !== null) expect(told).toBeInstanceOf(RunConflictError);
      }
    }, 60_000);
  });
}
