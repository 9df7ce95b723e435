import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestBed, type TestBed } from '../testing/test-bed.js';
import { claimRuns } from './claim-runs.js';

let bed: TestBed;
beforeAll(async () => {
  bed = await createTestBed();
});
afterAll(() => bed.drop());

it('claims what came one by one before what came as one of many, each in its order', async () => {
  const ids: string[] = [];
  for (const priority of [1, 1, 1, 0, 0] as const) ids.push(await bed.start({}, { priority }));
  const timeouts = { 'tenant.create': 60_000 };
  const claim = { workerId: 'test', leaseMs: 60_000, timeouts, parallelTypes: [], limit: 3, busyWith: [] };
  const claimed = async () => (await claimRuns(bed.sql, claim)).map((run) => ids.indexOf(run.id)).sort();
  expect(await claimed()).toEqual([0, 3, 4]);
  expect(await claimed()).toEqual([1, 2]);
  expect(await claimed()).toEqual([]);
});
