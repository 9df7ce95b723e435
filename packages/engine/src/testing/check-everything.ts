import { expect } from 'vitest';
import type { TestBed } from './test-bed.js';

/** What must hold after any fault: the checker of the engine's tables. */
export async function checkEverything(bed: TestBed): Promise<void> {
  const lost = await bed.owner.query(
    `SELECT id, status FROM operation_runs WHERE status IN ('queued', 'running') AND lease_owner IS NULL AND workflow_id IS NULL
       AND due_at < now() - interval '5 s' OR status IN ('succeeded', 'failed') AND finished_at IS NULL`,
  );
  expect(lost.rows, 'runs that nobody will go on with').toEqual([]);
  const gaps = await bed.owner.query(
    `SELECT r.id FROM operation_runs r JOIN operation_run_events e ON e.run_id = r.id GROUP BY r.id
     HAVING count(*) <> r.last_event_seq OR max(e.seq) <> r.last_event_seq OR min(e.seq) <> 1`,
  );
  expect(gaps.rows, 'runs whose events have a gap').toEqual([]);
  const fallen = await bed.owner.query(
    `SELECT run_id, seq FROM (SELECT run_id, seq, (data->'run'->>'progress')::int AS now,
       lag((data->'run'->>'progress')::int) OVER (PARTITION BY run_id ORDER BY seq) AS before FROM operation_run_events) p
     WHERE now < before`,
  );
  expect(fallen.rows, 'events whose progress fell').toEqual([]);
  const again = await bed.owner.query(
    `SELECT c.run_id, c.step FROM test_calls c JOIN operation_run_events e
       ON e.run_id = c.run_id AND e.kind = 'step.finished' AND e.data->'changed'->>'name' = c.step
     WHERE c.direction = 'forward' AND c.at > e.at`,
  );
  expect(again.rows, 'finished steps that ran again').toEqual([]);
  const orphans = await bed.owner.query(
    `SELECT t.* FROM test_things t JOIN operation_runs r ON r.id = t.run_id
     WHERE r.status = 'failed' AND NOT r.held AND r.reason_code <> 'run.rollback_failed' AND t.step <> 'four'`,
  );
  expect(orphans.rows, 'things a failed run left behind').toEqual([]);
}
