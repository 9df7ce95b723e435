import type { RunStatus, StepStatus } from '@gangway/contract/operations';
import type { OperationType } from '@gangway/contract/operation-types';
import { RunConflictError, RunNotFoundError } from '../errors.js';
import { encodeJson, type Json } from '../json.js';
import { consumerOf } from '../plan.js';
import { isEnded } from '../run.js';
import { type Registry, StepError } from '../step.js';
import { CHANNELS, runSnapshot, type Sql } from './sql.js';

// The lock keeps the steps as they are: what starts one changes the row of its run, too.
const FIND = `SELECT type, status FROM operation_runs WHERE id = $1::uuid FOR NO KEY UPDATE`;

const STEP = `SELECT status FROM operation_run_steps WHERE run_id = $1::uuid AND position = $2::int`;

const TEXT = `
WITH changed AS (
  UPDATE operation_runs SET
    input = jsonb_set(input, ARRAY[$2], $3::jsonb), last_event_seq = last_event_seq + 1
  WHERE id = $1::uuid AND status IN ('queued', 'running') AND direction = 'forward' AND cancel_requested_at IS NULL
  RETURNING *
), recorded AS (
  INSERT INTO operation_run_events (run_id, seq, kind, data, at)
  SELECT id, last_event_seq, 'run.signalled', jsonb_build_object('run', ${runSnapshot('changed')}, 'changed', NULL),
    clock_timestamp()
  FROM changed
)
SELECT status, pg_notify('${CHANNELS.events}', id || ':' || last_event_seq)::text AS notified FROM changed`;

/**
 * Changes an input field whose step has not started. The step reads the new value when it starts.
 * @throws StepError `validation.failed` for a field or value that the operation rejects
 * @throws RunConflictError `run.update_too_late`, `run.finished`
 * @throws RunNotFoundError
 */
export async function requestUpdate(
  sql: Sql,
  registry: Registry,
  update: { operationRunId: string; field: string; value: Json },
): Promise<RunStatus> {
  const { operationRunId, field } = update;
  const [run] = await sql.query<{ type: OperationType; status: RunStatus }>('find_run_type', FIND, [
    operationRunId,
  ]);
  if (!run) throw new RunNotFoundError(operationRunId);
  const { plan, validateUpdate } = registry[run.type];
  const consumer = consumerOf(plan, field);
  if (!validateUpdate || consumer === null) throw new StepError('validation.failed');
  const value = encodeJson(validateUpdate(field, update.value));
  const [step] = await sql.query<{ status: StepStatus }>('find_step', STEP, [operationRunId, consumer]);
  const changed =
    step?.status === 'pending' &&
    (await sql.query<{ status: RunStatus }>('request_update', TEXT, [operationRunId, field, value]));
  if (changed && changed[0]) return changed[0].status;
  throw new RunConflictError(isEnded(run) ? 'run.finished' : 'run.update_too_late');
}
