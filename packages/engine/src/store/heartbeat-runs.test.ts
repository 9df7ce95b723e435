import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestBed, type TestBed } from '../testing/test-bed.js';
import { heartbeatRuns } from './heartbeat-runs.js';

let bed: TestBed;
beforeAll(async () => {
  bed = await createTestBed();
});
afterAll(() => bed.drop());

const worker = { workerId: 'here', leaseMs: 15_000 };

/** A run with fence 1 that is due in five minutes, leased by this worker. */
async function runOf(owner: string | null): Promise<{ runId: string; fence: number }> {
  const id = await bed.start();
  await bed.owner.query(
    `UPDATE operation_runs SET status = 'running', fence = 1, lease_owner = $2, due_at = now() + interval '5 min' WHERE id = $1`,
    [id, owner],
  );
  return { runId: id, fence: 1 };
}

async function secondsUntilDue(id: string): Promise<number> {
  const { rows } = await bed.owner.query<{ seconds: number }>(
    'SELECT extract(epoch FROM due_at - now())::int AS seconds FROM operation_runs WHERE id = $1',
    [id],
  );
  return rows[0]?.seconds ?? NaN;
}

it('renews its leases, and leaves alone what was released or claimed by another worker', async () => {
  const [mine, released, theirs] = [await runOf('here'), await runOf(null), await runOf('there')];
  const beats = await heartbeatRuns(bed.sql, [mine, released, theirs], worker);
  expect(beats).toEqual([{ id: mine.runId, isCancelRequested: false }]);
  expect(await secondsUntilDue(mine.runId)).toBeLessThanOrEqual(15);
  expect(await secondsUntilDue(released.runId)).toBeGreaterThan(200);
  expect(await secondsUntilDue(theirs.runId)).toBeGreaterThan(200);
});

it('does not wait for a write under way: the others keep their leases', async () => {
  const [stuck, mine] = [await runOf('here'), await runOf('here')];
  const writer = await bed.owner.connect();
  try {
    await writer.query('BEGIN');
    await writer.query('UPDATE operation_runs SET progress = 1 WHERE id = $1', [stuck.runId]);
    const beats = await heartbeatRuns(bed.sql, [stuck, mine], worker);
    expect(beats.map((beat) => beat.id).sort()).toEqual([stuck.runId, mine.runId].sort());
    expect(await secondsUntilDue(mine.runId)).toBeLessThanOrEqual(15);
  } finally {
    await writer.query('ROLLBACK');
    writer.release();
  }
});
