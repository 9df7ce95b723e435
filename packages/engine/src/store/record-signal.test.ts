import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestBed, type TestBed } from '../testing/test-bed.js';
import { FINAL } from '../testing/test-operation.js';
import { testPlan } from '../testing/test-plan.js';
import type { RunSignal } from '../port.js';
import { recordSignal } from './record-signal.js';
import { requestResume } from './request-resume.js';

let bed: TestBed;
beforeAll(async () => {
  bed = await createTestBed();
});
afterAll(() => bed.drop());

const CANCEL: RunSignal = { kind: 'cancel', reason: null, by: 'Somebody' };
const cancel = (id: string) => recordSignal(bed.sql, bed.registry, id, CANCEL);

describe('a cancel', () => {
  it('is rejected for what cannot be cancelled, until the run has ended', async () => {
    const id = await bed.start({}, { plan: testPlan(FINAL) });
    const conflict = (reasonCode: string) => expect.objectContaining({ reasonCode }) as Error;
    await expect(cancel(id)).rejects.toThrow(conflict('run.not_cancellable'));
    expect(await bed.get(id)).toMatchObject({ status: 'queued', cancelRequestedAt: null });
    await bed.owner.query(
      `UPDATE operation_runs SET status = 'succeeded', finished_at = now() WHERE id = $1`,
      [id],
    );
    await expect(cancel(id)).rejects.toThrow(conflict('run.finished'));
  });

  it('that meets a resume is recorded or rejected, never ignored', async () => {
    for (let round = 0; round < 40; round += 1) {
      const id = await bed.start();
      await bed.owner.query(
        `UPDATE operation_runs SET status = 'failed', held = true, finished_at = now() WHERE id = $1`,
        [id],
      );
      const [, told] = await Promise.allSettled([requestResume(bed.sql, id), cancel(id)]);
      const { cancelRequestedAt } = await bed.get(id);
      expect(cancelRequestedAt !== null).toBe(told.status === 'fulfilled');
    }
  });
});
