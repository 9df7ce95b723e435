import type { RunStatus } from '@gangway/contract/operations';
import { RunConflictError } from '../errors.js';
import { runSnapshot, type Sql } from './sql.js';

// A newer live run about the same subject is in the way; the partial unique index decides.
const TEXT = `
WITH changed AS (
  UPDATE operation_runs r SET
    status = 'queued', held = false, reason_code = NULL, message = NULL, finished_at = NULL, deadline_at = NULL,
    failure = NULL, cancel_requested_at = NULL, cancel_reason = NULL, cancelled_by = NULL, crashes = 0,
    lease_owner = NULL, workflow_id = NULL, due_at = now(), last_event_seq = r.last_event_seq + 1
  WHERE r.id = $1::uuid AND r.status = 'failed' AND r.held AND r.direction = 'forward'
    AND NOT EXISTS (SELECT 1 FROM operation_runs o WHERE o.status IN ('queued', 'running') AND o.type = r.type
      AND o.subject_id = r.subject_id AND (o.workspace_id = r.workspace_id OR o.partner_id = r.partner_id))
  RETURNING *
), stepped AS (
  UPDATE operation_run_steps s SET status = 'pending', failures = 0, finished_at = NULL, retry_at = NULL
  FROM changed WHERE s.run_id = changed.id AND s.status <> 'succeeded'
), recorded AS (
  INSERT INTO operation_run_events (run_id, seq, kind, data, at)
  SELECT id, last_event_seq, 'run.queued', jsonb_build_object('run', ${runSnapshot('changed')}, 'changed', NULL),
    clock_timestamp()
  FROM changed
)
SELECT status FROM changed`;

/**
 * Queues a parked run again, from the step that failed; finished steps stay finished.
 * @throws RunConflictError `run.not_retryable` when it is not parked, or a newer run about the same subject is live
 */
export async function requestResume(sql: Sql, operationRunId: string): Promise<RunStatus> {
  const [changed] = await sql.query<{ status: RunStatus }>('request_resume', TEXT, [operationRunId]);
  if (!changed) throw new RunConflictError('run.not_retryable');
  return changed.status;
}
