/**
 * The one statement that changes a run while it is executed: the run, its steps and its events, all or nothing, and
 * only for whoever holds the newest fence. Progress never falls, events are numbered without gaps, and every instant is
 * the database's.
 */
import type { Check, RunEvent, RunStatus, StepStatus, Warning } from '@gangway/contract/operations';
import type { ReasonCode } from '@gangway/contract/reason-codes';
import { LeaseLost } from '../errors.js';
import type { Direction, Failure } from '../interpret.js';
import { encodeJson, type Json, type JsonObject } from '../json.js';
import { runSnapshot, type Sql } from './sql.js';

/** Fields that are left out stay as they are. */
export interface RunPatch {
  readonly status?: RunStatus;
  readonly direction?: Direction;
  readonly stepPosition?: number;
  readonly progress?: number;
  readonly step?: string | null;
  readonly attempt?: number;
  readonly reasonCode?: ReasonCode | null;
  readonly message?: string | null;
  readonly warnings?: readonly Warning[];
  readonly result?: JsonObject | null;
  readonly failure?: Failure | null;
  readonly held?: boolean;
  readonly crashes?: number;
}

export interface StepPatch {
  readonly position: number;
  readonly status?: StepStatus;
  readonly failures?: number;
  readonly output?: Json;
  readonly reasonCode?: ReasonCode | null;
  readonly message?: string | null;
  readonly evidence?: Failure['evidence'];
  /** Counts an attempt and sets the start. */
  readonly starts?: boolean;
  readonly finishes?: boolean;
}

export interface EventDraft {
  readonly kind: RunEvent['kind'];
  readonly changed: { name: string; status: StepStatus; attempt: number; check?: Check | null } | null;
  /** Overrides what the event says about the run, where one statement writes several events. */
  readonly run?: Partial<RunEvent['run']>;
}

export interface RunChange {
  readonly run: RunPatch;
  readonly steps?: readonly StepPatch[];
  readonly events: readonly EventDraft[];
  /**
   * Nothing is lost with it if the database server crashes: the commit need not wait for the disk. A later one that does
   * wait takes it along.
   */
  readonly isRelaxed?: boolean;
  /**
   * Keeps the lease for this long, or gives the run up: it is due again after `dueInMs`, shown as waiting if `isWait`.
   * With `slackMs` it is due that much later than it says.
   */
  readonly lease:
    | { readonly keepMs: number }
    | { readonly dueInMs: number; readonly isWait: boolean; readonly slackMs?: number };
}

/** What the row says after the change: signals that arrived meanwhile are seen without a statement of their own. */
export interface WrittenRun {
  readonly input: JsonObject;
  readonly isCancelRequested: boolean;
  readonly cancelReason: string | null;
  readonly cancelledBy: string | null;
  /** Milliseconds to the deadline of the run by the database's clock; negative when it has passed. */
  readonly remainingMs: number | null;
  /** To be announced once this is committed. */
  readonly lastEventSeq: number;
}

const given = (field: string, column: string, cast = '') =>
  `${column} = CASE WHEN $3::jsonb ? '${field}' THEN ($3::jsonb->>'${field}')${cast} ELSE r.${column} END`;

const json = (field: string, column: string) =>
  `${column} = CASE WHEN $3::jsonb ? '${field}' THEN nullif($3::jsonb->'${field}', 'null') ELSE r.${column} END`;

const TEXT = `
WITH changed AS (
  UPDATE operation_runs r SET
    ${given('status', 'status')}, ${given('direction', 'direction')}, ${given('stepPosition', 'step_position', '::int')},
    progress = greatest(r.progress, ($3::jsonb->>'progress')::int),
    ${given('step', 'step')}, ${given('attempt', 'attempt', '::int')},
    ${given('reasonCode', 'reason_code')}, ${given('message', 'message')},
    ${json('warnings', 'warnings')}, ${json('result', 'result')}, ${json('failure', 'failure')},
    ${given('held', 'held', '::boolean')}, ${given('crashes', 'crashes', '::int')},
    waiting_until = CASE WHEN $7::boolean THEN now() + $6::int * interval '1 ms' END,
    due_at = now() + ($6::int + $9::int) * interval '1 ms',
    lease_owner = CASE WHEN $8::boolean THEN r.lease_owner END,
    finished_at = CASE WHEN $3::jsonb->>'status' IN ('succeeded', 'failed') THEN now() ELSE r.finished_at END,
    last_event_seq = r.last_event_seq + jsonb_array_length($5::jsonb)
  WHERE r.id = $1::uuid AND r.fence = $2::int AND r.status IN ('queued', 'running')
  RETURNING r.*
), stepped AS (
  UPDATE operation_run_steps s SET
    status = coalesce(p->>'status', s.status),
    attempt = s.attempt + CASE WHEN p ? 'starts' THEN 1 ELSE 0 END,
    failures = coalesce((p->>'failures')::int, s.failures),
    output = CASE WHEN p ? 'output' THEN p->'output' ELSE s.output END,
    reason_code = CASE WHEN p ? 'reasonCode' THEN p->>'reasonCode' ELSE s.reason_code END,
    message = CASE WHEN p ? 'message' THEN p->>'message' ELSE s.message END,
    evidence = CASE WHEN p ? 'evidence' THEN nullif(p->'evidence', 'null') ELSE s.evidence END,
    started_at = CASE WHEN p ? 'starts' THEN coalesce(s.started_at, now()) ELSE s.started_at END,
    finished_at = CASE WHEN p ? 'finishes' THEN now() WHEN p ? 'starts' THEN NULL ELSE s.finished_at END
  FROM changed, jsonb_array_elements($4::jsonb) p
  WHERE s.run_id = changed.id AND s.position = (p->>'position')::int
), told AS (
  INSERT INTO operation_run_events (run_id, seq, kind, data, at)
  SELECT changed.id, changed.last_event_seq - jsonb_array_length($5::jsonb) + e.n, e.event->>'kind',
    jsonb_build_object('run', ${runSnapshot('changed')} || coalesce(e.event->'run', '{}'), 'changed', e.event->'changed'),
    clock_timestamp()
  FROM changed, jsonb_array_elements($5::jsonb) WITH ORDINALITY AS e (event, n)
)
SELECT input, cancel_requested_at IS NOT NULL AS "isCancelRequested", cancel_reason AS "cancelReason",
  cancelled_by AS "cancelledBy", (extract(epoch FROM deadline_at - now()) * 1000)::float8 AS "remainingMs",
  last_event_seq AS "lastEventSeq",
  CASE WHEN $10::boolean THEN set_config('synchronous_commit', 'off', true) END AS relaxed
FROM changed`;

/**
 * Writes one change under a fence.
 * @throws LeaseLost when the run has ended or somebody else holds it
 */
export async function writeRun(
  sql: Sql,
  runId: string,
  fence: number,
  change: RunChange,
): Promise<WrittenRun> {
  const keeps = 'keepMs' in change.lease;
  const [row] = await sql.query<WrittenRun>('write_run', TEXT, [
    runId,
    fence,
    encodeJson(change.run),
    encodeJson(change.steps ?? []),
    encodeJson(change.events),
    'keepMs' in change.lease ? change.lease.keepMs : Math.min(Math.ceil(change.lease.dueInMs), 1_000_000_000),
    'isWait' in change.lease && change.lease.isWait,
    keeps,
    'slackMs' in change.lease ? change.lease.slackMs : 0,
    change.isRelaxed ?? false,
  ]);
  if (!row) throw new LeaseLost(runId);
  return row;
}
