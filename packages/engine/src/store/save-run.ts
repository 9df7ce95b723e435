/**
 * The one statement that changes a run while it is executed: its row, the steps that changed and its new events, for whoever
 * holds its newest fence. It writes values, not changes: whoever holds the lease has the whole run in memory. Outside of it stays what
 * others may write meanwhile: `input`, `cancel_*`, and with them the number of the newest event. Instants are the database's.
 */
import type { RunEvent } from '@gangway/contract/operations';
import { encodeJson, type JsonObject } from '../json.js';
import type { EventDraft } from '../reducer.js';
import { type Rows, withRows } from '../rows.js';
import type { RunWithSteps, StepRecord } from '../run.js';
import { iso, runEvent, type Sql } from './sql.js';

/**
 * The run is given up: it is due again after `dueInMs`, shown as waiting if `isWait`. With `slackMs` it is due that much
 * later than it says. Milliseconds.
 */
export interface Release {
  readonly dueInMs: number;
  readonly isWait: boolean;
  readonly slackMs?: number;
}

export interface RunSave {
  readonly run: RunWithSteps;
  readonly fence: number;
  /** Those that differ from what is stored. */
  readonly steps: readonly StepRecord[];
  readonly events: readonly EventDraft[];
  /** Null: the lease stays as it is. */
  readonly release: Release | null;
  /** Written only while this is the newest event of the run: no signal has come meanwhile. Null: whatever came. */
  readonly ifSeq: number | null;
  /** The field of `result` that takes the instant of the write. */
  readonly stampedField: string | null;
  /**
   * Nothing is lost with it if the database server crashes: the commit need not wait for the disk. A later one that does
   * wait takes it along.
   */
  readonly isRelaxed: boolean;
  /** Return the events as they were written: a subscriber in this process waits for them. */
  readonly returnsEvents: boolean;
  readonly rows: Rows;
}

/** The run as the statement leaves it: signals that came meanwhile are seen without a statement of their own. */
export interface SavedRun {
  /** The instant of the write. */
  readonly now: string;
  readonly input: JsonObject;
  readonly cancelRequestedAt: string | null;
  readonly cancelReason: string | null;
  readonly cancelledBy: string | null;
  /** Milliseconds to the deadline of the run; negative when it has passed. */
  readonly remainingMs: number | null;
  readonly lastEventSeq: number;
  /** Those that were written, in order, if they were asked for. */
  readonly events: readonly RunEvent[] | null;
}

// A run is live while it has no end; said by its status, that would lead to the index of live runs and past many dead
// entries. A lease that is kept is renewed by the heartbeat and not here: `due_at` is indexed, and a row whose indexed columns
// stay as they are is changed without a write to any index.
const CTES = `
run AS (
  UPDATE operation_runs r SET
    status = c.status, direction = c.direction, step_position = c."stepPosition", progress = c.progress, step = c.step,
    attempt = c.attempt, reason_code = c."reasonCode", message = c.message, warnings = c.warnings, failure = c.failure,
    held = c.held, crashes = c.crashes, finished_at = c."finishedAt",
    result = CASE WHEN $10::text IS NULL THEN c.result ELSE c.result || jsonb_build_object($10::text, ${iso('now()')}) END,
    waiting_until = CASE WHEN $7::boolean THEN now() + $6::int * interval '1 ms' END,
    due_at = CASE WHEN $6::int IS NULL THEN r.due_at ELSE now() + ($6::int + $8::int) * interval '1 ms' END,
    lease_owner = CASE WHEN $6::int IS NULL THEN r.lease_owner END,
    last_event_seq = r.last_event_seq + jsonb_array_length($5::jsonb)
  FROM jsonb_to_record($3::jsonb) AS c (status text, direction text, "stepPosition" int, progress int, step text, attempt int,
    "reasonCode" text, message text, warnings jsonb, failure jsonb, held boolean, crashes int, "finishedAt" timestamptz,
    result jsonb)
  WHERE r.id = $1::uuid AND r.fence = $2::int AND r.finished_at IS NULL
    AND r.last_event_seq = coalesce($9::int, r.last_event_seq)
  RETURNING r.*
), stepped AS (
  UPDATE operation_run_steps s SET
    status = c.status, attempt = c.attempt, failures = c.failures, output = c.output, reason_code = c."reasonCode",
    message = c.message, evidence = c.evidence, retry_at = now() + c."retryInMs" * interval '1 ms', started_at = c."startedAt", finished_at = c."finishedAt"
  FROM run, jsonb_to_recordset($4::jsonb) AS c (position int, status text, attempt int, failures int, output jsonb,
    "reasonCode" text, message text, evidence jsonb, "startedAt" timestamptz, "finishedAt" timestamptz, "retryInMs" float8)
  WHERE s.run_id = run.id AND s.position = c.position
), recorded AS (
  INSERT INTO operation_run_events (run_id, seq, kind, data, at)
  SELECT run.id, run.last_event_seq - jsonb_array_length($5::jsonb) + e.n, e.event->>'kind',
    jsonb_build_object('changed', e.event->'changed', 'run', CASE WHEN e.event->>'kind' = 'run.waiting'
      THEN (e.event->'run') || jsonb_build_object('waitingUntil', ${iso('run.waiting_until')}) ELSE e.event->'run' END),
    clock_timestamp()
  FROM run, jsonb_array_elements($5::jsonb) WITH ORDINALITY AS e (event, n)
  RETURNING *
)`;
const PARAMETERS = 12;

const SAVED = `
SELECT ${iso('now()')} AS now, input, ${iso('cancel_requested_at')} AS "cancelRequestedAt", cancel_reason AS "cancelReason",
  cancelled_by AS "cancelledBy", (extract(epoch FROM deadline_at - now()) * 1000)::float8 AS "remainingMs",
  last_event_seq AS "lastEventSeq",
  CASE WHEN $12::boolean THEN (SELECT jsonb_agg(${runEvent('recorded')} ORDER BY seq) FROM recorded) END AS events,
  CASE WHEN $11::boolean THEN set_config('synchronous_commit', 'off', true) END AS relaxed
FROM run`;

/** Most changes have no rows beside those of the run. */
const WITHOUT_ROWS = withRows(CTES, PARAMETERS, [], SAVED);

const MAX_DUE_IN_MS = 1_000_000_000;

/** Null: nothing was written. The run has ended, somebody else holds it, or `ifSeq` is no longer its newest event. */
export async function saveRun(sql: Sql, save: RunSave): Promise<SavedRun | null> {
  const { rows } = save;
  const { name, text, values } = rows.length === 0 ? WITHOUT_ROWS : withRows(CTES, PARAMETERS, rows, SAVED);
  const [saved] = await sql.query<SavedRun>(`save_run_${name}`, text, [...valuesOf(save), ...values]);
  return saved ?? null;
}

function valuesOf({ run, steps, events, release, ...save }: RunSave): unknown[] {
  const { status, direction, stepPosition, progress, step, attempt, reasonCode, message } = run;
  const { warnings, failure, held, crashes, finishedAt, result } = run;
  return [
    run.id,
    save.fence,
    encodeJson({
      ...{ status, direction, stepPosition, progress, step, attempt, reasonCode, message },
      ...{ warnings, failure, held, crashes, finishedAt, result },
    }),
    encodeJson(steps),
    encodeJson(events),
    release && Math.min(Math.ceil(release.dueInMs), MAX_DUE_IN_MS),
    release?.isWait ?? false,
    release?.slackMs ?? 0,
    save.ifSeq,
    save.stampedField,
    save.isRelaxed,
    save.returnsEvents,
  ];
}
