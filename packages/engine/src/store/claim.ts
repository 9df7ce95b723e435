import { encodeJson } from '../json.js';
import { runSnapshot, withSteps } from './sql.js';

/** Which worker claims runs, and for how long. */
export interface Claimer {
  readonly workerId: string;
  readonly leaseMs: number;
  /** Milliseconds a run of each type may take from its first start. */
  readonly timeouts: Readonly<Record<string, number>>;
  /** Types whose steps may run at the same time. */
  readonly parallelTypes: readonly string[];
}

/** The first parameters of a statement of {@link claim}; its own begin with $5. */
export const claimerValues = ({ workerId, leaseMs, timeouts, parallelTypes }: Claimer): unknown[] => [
  workerId,
  leaseMs,
  encodeJson(timeouts),
  parallelTypes,
];

/**
 * The priority of a run from its first claim on: 2 more if its steps may run at the same time. Such a run may have steps that are done
 * behind others that are not, and workers of versions that know only one step at a time, which claim priorities 0 and 1, leave it alone.
 */
export const parallelPriority = (priority: string, type: string, parallelTypes: string) =>
  `(${priority} + CASE WHEN ${type} = ANY (${parallelTypes}::text[]) THEN 2 ELSE 0 END)::smallint`;

/** The ids of live runs that meet `condition`, and whether each starts for the first time; the rows are locked as it says. */
export const live = (condition: string) => `
  SELECT id, started_at IS NULL AS is_first FROM operation_runs
  WHERE status IN ('queued', 'running') AND ${condition}`;

/**
 * The statement that claims runs, under a new fence and a new lease: those that the tables `ctes` define and lock as
 * `due`. It returns their rows and steps. A run whose lease had not been given back has lost a worker.
 */
export const claim = (ctes: string, more = '') => `
WITH ${ctes}, claimed AS (
  UPDATE operation_runs r SET
    status = 'running',
    started_at = coalesce(r.started_at, now()),
    deadline_at = coalesce(r.deadline_at, now() + ($3::jsonb->>r.type)::bigint * interval '1 ms'),
    fence = r.fence + 1,
    crashes = r.crashes + CASE WHEN r.lease_owner IS NULL THEN 0 ELSE 1 END,
    lease_owner = $1,
    waiting_until = NULL,
    priority = ${parallelPriority('r.priority % 2', 'r.type', '$4')},
    due_at = now() + $2::int * interval '1 ms',
    ${more}last_event_seq = r.last_event_seq + CASE WHEN due.is_first THEN 1 ELSE 0 END
  FROM due WHERE r.id = due.id
  RETURNING r.*, due.is_first
), recorded AS (
  INSERT INTO operation_run_events (run_id, seq, kind, data, at)
  SELECT id, last_event_seq, 'run.started', jsonb_build_object('run', ${runSnapshot('claimed')}, 'changed', NULL),
    clock_timestamp()
  FROM claimed WHERE is_first
)
SELECT ${withSteps('claimed')}
FROM claimed`;
