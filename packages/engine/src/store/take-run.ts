import { encodeJson } from '../json.js';
import { type JsonRow, type RunWithSteps, toRunWithSteps } from './records.js';
import { runSnapshot, type Sql, withSteps } from './sql.js';

export interface Taking {
  readonly operationRunId: string;
  readonly workerId: string;
  readonly workflowId: string;
  readonly leaseMs: number;
  readonly timeouts: Readonly<Record<string, number>>;
}

const TEXT = `
WITH due AS (
  SELECT id, started_at IS NULL AS is_first FROM operation_runs
  WHERE id = $1::uuid AND status IN ('queued', 'running') AND coalesce(workflow_id, $3) = $3
  FOR UPDATE
), mine AS (
  UPDATE operation_runs r SET
    status = 'running',
    started_at = coalesce(r.started_at, now()),
    deadline_at = coalesce(r.deadline_at, now() + ($5::jsonb->>r.type)::bigint * interval '1 ms'),
    fence = r.fence + 1,
    crashes = r.crashes + CASE WHEN r.lease_owner IS NULL THEN 0 ELSE 1 END,
    lease_owner = $2,
    workflow_id = $3,
    waiting_until = NULL,
    due_at = now() + $4::int * interval '1 ms',
    last_event_seq = r.last_event_seq + CASE WHEN due.is_first THEN 1 ELSE 0 END
  FROM due WHERE r.id = due.id
  RETURNING r.*, due.is_first
), told AS (
  INSERT INTO operation_run_events (run_id, seq, kind, data, at)
  SELECT id, last_event_seq, 'run.started', jsonb_build_object('run', ${runSnapshot('mine')}, 'changed', NULL),
    clock_timestamp()
  FROM mine WHERE is_first
)
SELECT ${withSteps('mine')}
FROM mine`;

/**
 * Takes one run for an activity of its workflow, under a new fence: an earlier activity that is still alive somewhere
 * cannot write any more. Null when the run has ended or belongs to another workflow.
 */
export async function takeRun(sql: Sql, taking: Taking): Promise<RunWithSteps | null> {
  const { operationRunId, workerId, workflowId, leaseMs, timeouts } = taking;
  const values = [operationRunId, workerId, workflowId, leaseMs, encodeJson(timeouts)];
  const [row] = await sql.query<JsonRow>('take_run', TEXT, values);
  return row ? toRunWithSteps(row) : null;
}
