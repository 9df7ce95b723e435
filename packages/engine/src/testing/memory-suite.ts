/** What a worker keeps of runs that have left it: nothing. The same for both engines. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../port.js';
import type { MakeEngine } from './engine-suite.js';
import { countKeptObjects, fillTransactionHistory, NOTHING_KEPT } from './kept-objects.js';
import { createTestBed, type TestBed } from './test-bed.js';
import type { Act } from './test-operation.js';

const RUNS = 10;
/** Only a bound for what never ends. */
const TIMEOUT_MS = 60_000;

export function describeMemory(name: string, make: MakeEngine): void {
  describe(`memory of the ${name} engine`, () => {
    let bed: TestBed;
    let engine: Engine;
    beforeAll(async () => {
      bed = await createTestBed();
      engine = await make(bed, { graceMs: 60_000 });
      await engine.start();
      await fillTransactionHistory(bed.db);
    });
    afterAll(async () => {
      await engine.stop();
      await bed.drop();
    });

    const execute = async (script: Record<string, Act>) => {
      const { operationRunId } = await engine.create(bed.newRun({ input: { script } }));
      await bed.until(operationRunId, bed.ended, TIMEOUT_MS);
    };
    const executeAndCancel = async () => {
      const { operationRunId } = await engine.create(bed.newRun({ input: { script: { two: 'hang' } } }));
      await bed.until(operationRunId, (run) => run.step === 'two', TIMEOUT_MS);
      await engine.signal(operationRunId, { kind: 'cancel', reason: null, by: 'Somebody' });
      await bed.until(operationRunId, bed.ended, TIMEOUT_MS);
    };

    it.each([
      ['succeeded', () => execute({})],
      ['failed and were rolled back', () => execute({ three: 'refused' })],
      ['were cancelled in the middle of a step', executeAndCancel],
    ])('keeps nothing of runs that %s', { timeout: 5 * TIMEOUT_MS }, async (_how, work) => {
      expect(await countKeptObjects(RUNS, work)).toEqual(NOTHING_KEPT);
    });
  });
}
