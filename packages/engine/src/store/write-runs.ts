/**
 * The one statement that changes runs while they are executed: the runs, their steps and their events, each only for
 * whoever holds its newest fence. It takes many runs at once, because what a commit costs it costs once. Progress never
 * falls, events are numbered without gaps, and every instant is the database's.
 */
import { encodeJson } from '../json.js';
import { withRows } from '../rows.js';
import type { FencedChange, WrittenRun } from './run-change.js';
import { iso, runEvent, runSnapshot, type Sql } from './sql.js';

const given = (field: string, column: string, cast = '') =>
  `${column} = CASE WHEN c.patch ? '${field}' THEN (c.patch->>'${field}')${cast} ELSE r.${column} END`;

const json = (field: string, column: string) =>
  `${column} = CASE WHEN c.patch ? '${field}' THEN nullif(c.patch->'${field}', 'null') ELSE r.${column} END`;

// Arrays side by side rather than one JSON document: the planner then expects few rows and stays with the indexes.
// A run is live while it has no end; said by its status, that would lead to the index of live runs and past many dead
// entries. A lease that is kept is renewed by the heartbeat and not here: `due_at` is indexed, and a row whose indexed columns
// stay as they are is changed without a write to any index.
const CTES = `
run AS (
  UPDATE operation_runs r SET
    ${given('status', 'status')}, ${given('direction', 'direction')}, ${given('stepPosition', 'step_position', '::int')},
    progress = greatest(r.progress, (c.patch->>'progress')::int),
    ${given('step', 'step')}, ${given('attempt', 'attempt', '::int')},
    ${given('reasonCode', 'reason_code')}, ${given('message', 'message')},
    ${json('warnings', 'warnings')}, ${json('failure', 'failure')},
    result = CASE WHEN c.patch ? 'stampedField'
        THEN (c.patch->'result') || jsonb_build_object(c.patch->>'stampedField', ${iso('now()')})
      WHEN c.patch ? 'result' THEN nullif(c.patch->'result', 'null') ELSE r.result END,
    ${given('held', 'held', '::boolean')}, ${given('crashes', 'crashes', '::int')},
    waiting_until = CASE WHEN c.is_wait THEN now() + c.due_in_ms * interval '1 ms' END,
    due_at = CASE WHEN c.due_in_ms IS NULL THEN r.due_at ELSE now() + (c.due_in_ms + c.slack_ms) * interval '1 ms' END,
    lease_owner = CASE WHEN c.due_in_ms IS NULL THEN r.lease_owner END,
    finished_at = CASE WHEN c.patch->>'status' IN ('succeeded', 'failed') THEN now() ELSE r.finished_at END,
    last_event_seq = r.last_event_seq + c.events
  FROM unnest($1::uuid[], $2::int[], $3::int[], $4::jsonb[], $5::int[], $6::boolean[], $7::int[], $8::int[],
    $16::boolean[]) AS c (id, fence, seq, patch, due_in_ms, is_wait, slack_ms, events, is_heard)
  WHERE r.id = c.id AND r.fence = c.fence AND r.last_event_seq = coalesce(c.seq, r.last_event_seq) AND r.finished_at IS NULL
  RETURNING r.*, c.is_heard
), stepped AS (
  UPDATE operation_run_steps s SET
    status = coalesce(p.patch->>'status', s.status),
    attempt = s.attempt + CASE WHEN p.patch ? 'starts' THEN 1 ELSE 0 END,
    failures = coalesce((p.patch->>'failures')::int, s.failures),
    output = CASE WHEN p.patch ? 'output' THEN p.patch->'output' ELSE s.output END,
    reason_code = CASE WHEN p.patch ? 'reasonCode' THEN p.patch->>'reasonCode' ELSE s.reason_code END,
    message = CASE WHEN p.patch ? 'message' THEN p.patch->>'message' ELSE s.message END,
    evidence = CASE WHEN p.patch ? 'evidence' THEN nullif(p.patch->'evidence', 'null') ELSE s.evidence END,
    started_at = CASE WHEN p.patch ? 'starts' THEN coalesce(s.started_at, now()) ELSE s.started_at END,
    finished_at = CASE WHEN p.patch ? 'finishes' THEN now() WHEN p.patch ? 'starts' THEN NULL ELSE s.finished_at END
  FROM unnest($9::uuid[], $10::int[], $11::jsonb[]) AS p (run_id, position, patch) JOIN run ON run.id = p.run_id
  WHERE s.run_id = p.run_id AND s.position = p.position
), told AS (
  INSERT INTO operation_run_events (run_id, seq, kind, data, at)
  SELECT run.id, run.last_event_seq - e.before_last, e.event->>'kind',
    jsonb_build_object('run', ${runSnapshot('run')} || coalesce(e.event->'run', '{}'), 'changed', e.event->'changed'),
    clock_timestamp()
  FROM unnest($12::uuid[], $13::int[], $14::jsonb[]) AS e (run_id, before_last, event) JOIN run ON run.id = e.run_id
  RETURNING *
)`;
const PARAMETERS = 16;

const WRITTEN = `
SELECT id, input, cancel_requested_at IS NOT NULL AS "isCancelRequested", cancel_reason AS "cancelReason",
  cancelled_by AS "cancelledBy", (extract(epoch FROM deadline_at - now()) * 1000)::float8 AS "remainingMs",
  last_event_seq AS "lastEventSeq",
  CASE WHEN is_heard THEN (SELECT jsonb_agg(${runEvent('told')} ORDER BY seq) FROM told WHERE run_id = run.id) END AS events,
  CASE WHEN $15::boolean THEN set_config('synchronous_commit', 'off', true) END AS relaxed
FROM run`;

/** Most changes have no rows of their own. */
const WITHOUT_ROWS = withRows(CTES, PARAMETERS, [], WRITTEN);

const MAX_DUE_IN_MS = 1_000_000_000;

/**
 * Writes changes of different runs, by run id what came of each. A run that is missing in the answer was not changed: it
 * has ended, somebody else holds it, or its `ifSeq` is no longer the newest. Only a change that is alone may have `rows`.
 */
export async function writeRuns(
  sql: Sql,
  changes: readonly FencedChange[],
): Promise<ReadonlyMap<string, WrittenRun>> {
  const rows = changes.flatMap((change) => change.rows ?? []);
  const { name, text, values } = rows.length === 0 ? WITHOUT_ROWS : withRows(CTES, PARAMETERS, rows, WRITTEN);
  const written = await sql.query<WrittenRun & { id: string }>(`write_runs_${name}`, text, [
    ...valuesOf(changes),
    ...values,
  ]);
  return new Map(written.map((run) => [run.id, run]));
}

function valuesOf(changes: readonly FencedChange[]): unknown[] {
  const leases = changes.map(({ lease }) => (lease === 'keep' ? null : lease));
  const steps = changes.flatMap(({ runId, steps }) => steps.map((patch) => ({ runId, patch })));
  const events = changes.flatMap(({ runId, events }) =>
    events.map((event, index) => ({ runId, event, beforeLast: events.length - 1 - index })),
  );
  return [
    changes.map((change) => change.runId),
    changes.map((change) => change.fence),
    changes.map((change) => change.ifSeq ?? null),
    changes.map((change) => encodeJson(change.run)),
    leases.map((lease) => lease && Math.min(Math.ceil(lease.dueInMs), MAX_DUE_IN_MS)),
    leases.map((lease) => lease?.isWait ?? false),
    leases.map((lease) => lease?.slackMs ?? 0),
    changes.map((change) => change.events.length),
    steps.map((step) => step.runId),
    steps.map((step) => step.patch.position),
    steps.map((step) => encodeJson(step.patch)),
    events.map((event) => event.runId),
    events.map((event) => event.beforeLast),
    events.map((event) => encodeJson(event.event)),
    changes.every((change) => change.isRelaxed ?? false),
    changes.map((change) => change.isHeard ?? false),
  ];
}
