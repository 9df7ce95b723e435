import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunLedger } from './run-ledger.js';
import { claimRuns } from './store/claim-runs.js';
import { requestCancel } from './store/request-cancel.js';
import { NO_CHANGE } from './store/run-change.js';
import { createTestBed, type TestBed } from './testing/test-bed.js';

let bed: TestBed;
beforeAll(async () => {
  bed = await createTestBed();
});
afterAll(() => bed.drop());

describe('the end of a run', () => {
  const END = { ...NO_CHANGE, run: { status: 'succeeded' }, lease: { dueInMs: 0, isWait: false } } as const;

  async function claim() {
    const id = await bed.start();
    const timeouts = { 'tenant.create': 60_000 };
    const claimed = await claimRuns(bed.sql, {
      workerId: 'w',
      limit: 10,
      leaseMs: 60_000,
      busyWith: [],
      timeouts,
    });
    const run = claimed.find((candidate) => candidate.id === id);
    if (!run) throw new Error('The run was not claimed');
    const held = { id, fence: run.fence, controller: new AbortController(), isUndoing: false };
    return { id, ledger: new RunLedger({ db: bed.db }, held, run) };
  }

  it('is written where no signal came', async () => {
    const { id, ledger } = await claim();
    expect(await ledger.writeUnlessSignalled(END, [])).toBe(true);
    expect(await bed.get(id)).toMatchObject({ status: 'succeeded' });
    await expect(requestCancel(bed.sql, { operationRunId: id, reason: null, by: 'X' })).rejects.toThrow(
      'run.finished',
    );
  });

  it('is not written where a cancel was accepted that nobody had heard of', async () => {
    const { id, ledger } = await claim();
    await requestCancel(bed.sql, { operationRunId: id, reason: 'Enough', by: 'X' });
    expect(await ledger.writeUnlessSignalled(END, [])).toBe(false);
    expect(ledger.signals).toMatchObject({ isCancelRequested: true, cancelReason: 'Enough' });
    expect(await bed.get(id)).toMatchObject({ status: 'running' });
  });
});
