import type { RunStatus } from '@gangway/contract/operations';
import { RunConflictError } from '../errors.js';
import { encodeJson } from '../json.js';
import type { Failure } from '../run.js';
import { runSnapshot, type Sql } from './sql.js';

// A rollback that got stuck starts over from its deepest unfinished step: compensations are harmless when repeated.
const TEXT = `
WITH changed AS (
  UPDATE operation_runs r SET
    status = 'queued', direction = 'undo', held = false, finished_at = NULL, failure = $2::jsonb, crashes = 0,
    reason_code = NULL, message = NULL, result = NULL, lease_owner = NULL, workflow_id = NULL, due_at = now(),
    step_position = (SELECT coalesce(max(s.position), 0) FROM operation_run_steps s
      WHERE s.run_id = r.id AND s.attempt > 0 AND s.status <> 'compensated'),
    last_event_seq = r.last_event_seq + 1
  WHERE r.id = $1::uuid AND r.status = 'failed' AND (r.held OR r.reason_code = 'run.rollback_failed')
    AND NOT EXISTS (SELECT 1 FROM operation_runs o WHERE o.status IN ('queued', 'running') AND o.type = r.type
      AND o.subject_id = r.subject_id AND (o.workspace_id = r.workspace_id OR o.partner_id = r.partner_id))
  RETURNING *
), reset AS (
  UPDATE operation_run_steps s SET failures = 0 FROM changed WHERE s.run_id = changed.id
), recorded AS (
  INSERT INTO operation_run_events (run_id, seq, kind, data, at)
  SELECT id, last_event_seq, 'run.queued', jsonb_build_object('run', ${runSnapshot('changed')}, 'changed', NULL),
    clock_timestamp()
  FROM changed
)
SELECT status FROM changed`;

/**
 * Queues the compensations of a parked run, or of one whose rollback failed.
 * @throws RunConflictError `run.not_retryable`
 */
export async function requestRollBack(sql: Sql, operationRunId: string): Promise<RunStatus> {
  const failure: Failure = { reasonCode: 'run.rolled_back', message: null, evidence: null };
  const values = [operationRunId, encodeJson(failure)];
  const [changed] = await sql.query<{ status: RunStatus }>('request_roll_back', TEXT, values);
  if (!changed) throw new RunConflictError('run.not_retryable');
  return changed.status;
}
