/** That runs do not wait for each other, whatever engine executes them. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../port.js';
import { checkEverything } from './check-everything.js';
import type { MakeEngine } from './engine-suite.js';
import { createTestBed, type TestBed } from './test-bed.js';
import { testPlan } from './test-plan.js';

const OTHERS = 6;
/** Only a bound for what never ends: PostgreSQL gives up waiting for a lock after 15 seconds. */
const TIMEOUT_MS = 12_000;

export function describeIsolation(name: string, make: MakeEngine, hasBatches = false): void {
  describe(`runs beside each other, on the ${name} engine`, () => {
    let bed: TestBed;
    let engine: Engine;
    beforeAll(async () => {
      bed = await createTestBed();
      engine = await make(bed, {});
      await engine.start();
    });
    afterEach(() => checkEverything(bed));
    afterAll(async () => {
      await engine.stop();
      await bed.drop();
    });

    const executeOthers = async () => {
      const ids = await Promise.all(Array.from({ length: OTHERS }, () => bed.start()));
      for (const id of ids)
        expect(await bed.until(id, bed.ended, TIMEOUT_MS)).toMatchObject({ status: 'succeeded' });
    };

    it('a lock on the row of one does not delay the others', { timeout: 60_000 }, async () => {
      const locked = await bed.start({ two: 'slow' });
      await bed.until(locked, (run) => run.step === 'two');
      const other = await bed.owner.connect();
      try {
        await other.query('BEGIN');
        await other.query('SELECT FROM operation_runs WHERE id = $1 FOR UPDATE', [locked]);
        await executeOthers();
        expect(await bed.get(locked)).toMatchObject({ status: 'running', step: 'two' });
      } finally {
        await other.query('ROLLBACK');
        other.release();
      }
      expect(await bed.until(locked, bed.ended, 30_000)).toMatchObject({ status: 'succeeded' });
    });

    // A step that writes its rows by itself times out before.
    it.runIf(hasBatches)(
      'a slow statement of one does not delay the others',
      { timeout: 60_000 },
      async () => {
        const slow = await bed.start({ one: 'slow-rows' }, { plan: testPlan('tenant.delete') });
        const isWriting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`;
        await vi.waitFor(async () => expect((await bed.owner.query(isWriting)).rowCount).toBe(1), 20_000);
        await executeOthers();
        expect((await bed.owner.query(isWriting)).rowCount).toBe(1);
        expect(await bed.until(slow, bed.ended, 30_000)).toMatchObject({ status: 'succeeded' });
      },
    );
  });
}
