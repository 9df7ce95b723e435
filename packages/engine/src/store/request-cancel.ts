import type { RunStatus } from '@gangway/contract/operations';
import { RunConflictError, RunNotFoundError } from '../errors.js';
import { CHANNELS, runSnapshot, type Sql } from './sql.js';

// A run without a lease (queued or waiting) becomes due at once, so that it ends at once.
const TEXT = `
WITH changed AS (
  UPDATE operation_runs SET
    cancel_requested_at = now(), cancel_reason = $2, cancelled_by = $3,
    due_at = CASE WHEN lease_owner IS NULL THEN now() ELSE due_at END,
    last_event_seq = last_event_seq + 1
  WHERE id = $1::uuid AND status IN ('queued', 'running') AND cancel_requested_at IS NULL
  RETURNING *
), recorded AS (
  INSERT INTO operation_run_events (run_id, seq, kind, data, at)
  SELECT id, last_event_seq, 'run.signalled', jsonb_build_object('run', ${runSnapshot('changed')}, 'changed', NULL),
    clock_timestamp()
  FROM changed
)
SELECT status, pg_notify('${CHANNELS.signals}', id::text)::text AS signalled,
  pg_notify('${CHANNELS.events}', id || ':' || last_event_seq)::text AS notified
FROM changed`;

const STATUS = `SELECT status, cancel_requested_at IS NOT NULL AS "isAsked" FROM operation_runs WHERE id = $1::uuid`;

/**
 * Asks a live run to end; asking again changes nothing.
 * @returns the status at this moment
 * @throws RunConflictError `run.finished`
 * @throws RunNotFoundError
 */
export async function requestCancel(
  sql: Sql,
  cancel: { operationRunId: string; reason: string | null; by: string },
): Promise<RunStatus> {
  const values = [cancel.operationRunId, cancel.reason, cancel.by];
  for (;;) {
    const [changed] = await sql.query<{ status: RunStatus }>('request_cancel', TEXT, values);
    if (changed) return changed.status;
    const [run] = await sql.query<{ status: RunStatus; isAsked: boolean }>('run_status', STATUS, [
      cancel.operationRunId,
    ]);
    if (!run) throw new RunNotFoundError(cancel.operationRunId);
    if (run.status === 'succeeded' || run.status === 'failed') throw new RunConflictError('run.finished');
    if (run.isAsked) return run.status;
    // A parked run was resumed between the two statements: it can be cancelled now.
  }
}
