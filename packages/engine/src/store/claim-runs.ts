import { encodeJson } from '../json.js';
import { type JsonRow, type RunWithSteps, toRunWithSteps } from './records.js';
import { runSnapshot, type Sql, withSteps } from './sql.js';

export interface Claim {
  readonly workerId: string;
  /** How many runs at most. */
  readonly limit: number;
  readonly leaseMs: number;
  /** Runs this worker is still busy with: after a pause of the process it must not compete with itself. */
  readonly busyWith: readonly string[];
  /** Milliseconds a run of each type may take from its first start. */
  readonly timeouts: Readonly<Record<string, number>>;
}

// One index range over live rows only: `operation_runs_live_idx (due_at) WHERE status IN ('queued', 'running')`.
const TEXT = `
WITH due AS (
  SELECT id, started_at IS NULL AS is_first FROM operation_runs
  WHERE status IN ('queued', 'running') AND due_at <= now() AND workflow_id IS NULL AND id <> ALL ($3::uuid[])
  ORDER BY due_at LIMIT $2::int
  FOR UPDATE SKIP LOCKED
), claimed AS (
  UPDATE operation_runs r SET
    status = 'running',
    started_at = coalesce(r.started_at, now()),
    deadline_at = coalesce(r.deadline_at, now() + ($5::jsonb->>r.type)::bigint * interval '1 ms'),
    fence = r.fence + 1,
    crashes = r.crashes + CASE WHEN r.lease_owner IS NULL THEN 0 ELSE 1 END,
    lease_owner = $1,
    waiting_until = NULL,
    due_at = now() + $4::int * interval '1 ms',
    last_event_seq = r.last_event_seq + CASE WHEN due.is_first THEN 1 ELSE 0 END
  FROM due WHERE r.id = due.id
  RETURNING r.*, due.is_first
), told AS (
  INSERT INTO operation_run_events (run_id, seq, kind, data, at)
  SELECT id, last_event_seq, 'run.started', jsonb_build_object('run', ${runSnapshot('claimed')}, 'changed', NULL),
    clock_timestamp()
  FROM claimed WHERE is_first
)
SELECT ${withSteps('claimed')}
FROM claimed`;

/** Takes runs that are due: new ones, those whose wait is over, and those whose worker let its lease run out. */
export async function claimRuns(sql: Sql, claim: Claim): Promise<RunWithSteps[]> {
  const { workerId, limit, busyWith, leaseMs, timeouts } = claim;
  const values = [workerId, limit, busyWith, leaseMs, encodeJson(timeouts)];
  return (await sql.query<JsonRow>('claim_runs', TEXT, values)).map(toRunWithSteps);
}
