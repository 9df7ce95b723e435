import type { RunStatus } from '@gangway/contract/operations';
import type { Prisma } from '@gangway/db/client';
import { uuidv7 } from 'uuidv7';
import { PreconditionError } from '../errors.js';
import { encodeJson, type JsonObject } from '../json.js';
import type { Plan } from '../plan.js';
import { numbered, type Rows, withRows } from '../rows.js';
import type { FailurePolicy, RunWithSteps, StartedBy } from '../run.js';
import { type Claimer, claimerValues, parallelPriority } from './claim.js';
import { iso, runSnapshot, type Sql } from './sql.js';
import { type JsonRow, toRunWithSteps } from './to-run.js';

export type RunOwner =
  | { readonly workspaceId: string; readonly partnerId?: null }
  | { readonly partnerId: string; readonly workspaceId?: null };

export interface NewRun {
  /** Made by the caller if something else has to name the run before it exists. */
  readonly id?: string;
  readonly owner: RunOwner;
  readonly plan: Plan;
  /** At most one live run per owner, type and subject. */
  readonly subjectId: string;
  readonly managedTenantId?: string | null;
  readonly providerConnectionId?: string | null;
  readonly onboardingSessionId?: string | null;
  /** Journaled as it is: never a secret. */
  readonly input: JsonObject;
  readonly failurePolicy?: FailurePolicy;
  /** 1 for one of many, which is claimed when nothing of 0 is due. Default 0. */
  readonly priority?: 0 | 1;
  readonly startedBy: StartedBy;
  /** The Temporal workflow that executes the run already, if a client of Temporal started it. */
  readonly workflowId?: string;
  /** A condition in SQL that must hold for a new run. */
  readonly precondition?: Prisma.Sql;
  /** What is written together with a new run, in the same statement. */
  readonly rows?: Rows;
}

export interface CreatedRun {
  readonly operationRunId: string;
  readonly status: RunStatus;
  /** ISO 8601, by the database's clock. */
  readonly createdAt: string;
  /** There was a live run of the same owner, type and subject already, or one of this id. */
  readonly reused: boolean;
}

/** `claimed`: the new run under the lease of its claimer, with its first step started. Null: another live one was found. */
export interface ClaimedRun {
  readonly created: CreatedRun;
  readonly claimed: RunWithSteps | null;
}

const BEFORE_FIRST_STEP = (status: RunStatus) =>
  `jsonb_build_object('status', '${status}', 'progress', 0, 'step', NULL, 'attempt', 0)`;

const CTES = `
run AS (
  INSERT INTO operation_runs (id, workspace_id, partner_id, type, subject_id, managed_tenant_id, provider_connection_id,
    onboarding_session_id, input, failure_policy, started_by_kind, started_by_id, started_by_label, workflow_id,
    status, started_at, deadline_at, fence, lease_owner, step, attempt, progress, last_event_seq, due_at, priority)
  SELECT $1::uuid, $2::uuid, $3::uuid, $4, $5::uuid, $6::uuid, $7::uuid, $8::uuid, $9::jsonb, $10, $11, $12, $13, $15,
    CASE WHEN c.is_claimed THEN 'running' ELSE 'queued' END, CASE WHEN c.is_claimed THEN now() END,
    now() + ($18::jsonb->>$4::text)::bigint * interval '1 ms', c.is_claimed::int, $16,
    CASE WHEN c.is_claimed THEN c.first->>'name' END, c.is_claimed::int,
    CASE WHEN c.is_claimed THEN (c.first->>'progress')::int ELSE 0 END, 1 + 2 * c.is_claimed::int,
    now() + CASE WHEN c.is_claimed THEN $17::int * interval '1 ms' WHEN $15::text IS NULL THEN interval '0' ELSE interval '1 minute' END,
    CASE WHEN c.is_claimed THEN ${parallelPriority('$20::int', '$4::text', '$19')} ELSE $20::smallint END
  FROM precondition, (SELECT $16::text IS NOT NULL AS is_claimed, $14::jsonb->0 AS first) c
  ON CONFLICT DO NOTHING
  RETURNING *
), planned AS (
  INSERT INTO operation_run_steps (run_id, position, name, title, status, attempt, started_at)
  SELECT run.id, p.n - 1, p.step->>'name', p.step->>'title', CASE WHEN f.is_started THEN 'running' ELSE 'pending' END,
    f.is_started::int, CASE WHEN f.is_started THEN now() END
  FROM run, jsonb_array_elements($14::jsonb) WITH ORDINALITY AS p (step, n),
    LATERAL (SELECT run.lease_owner IS NOT NULL AND p.n = 1 AS is_started) f
  RETURNING *
), recorded AS (
  INSERT INTO operation_run_events (run_id, seq, kind, data, at)
  SELECT id, e.seq, e.kind, jsonb_build_object('changed', e.changed, 'run', ${runSnapshot('run')} || e.run), clock_timestamp()
  FROM run, LATERAL (VALUES
    (1, 'run.queued', NULL, ${BEFORE_FIRST_STEP('queued')}), (2, 'run.started', NULL, ${BEFORE_FIRST_STEP('running')}),
    (3, 'step.started', jsonb_build_object('name', run.step, 'status', 'running', 'attempt', 1), '{}')
  ) AS e (seq, kind, changed, run)
  WHERE e.seq <= run.last_event_seq
)`;
const PARAMETERS = 20;

const CREATED = `id AS "operationRunId", status, ${iso('created_at')} AS "createdAt"`;

// A worker that claims the run with its creation need not read it again.
const NEW = `
SELECT ${CREATED}, false AS reused, CASE WHEN lease_owner IS NOT NULL THEN to_jsonb(run) END AS run,
  CASE WHEN lease_owner IS NOT NULL THEN (SELECT jsonb_agg(to_jsonb(p) ORDER BY p.position) FROM planned p) END AS steps
FROM run`;

const EXISTING = `
SELECT ${CREATED}, true AS reused FROM operation_runs
WHERE id = $1::uuid OR (status IN ('queued', 'running') AND type = $4 AND subject_id = $5::uuid
  AND (workspace_id = $2::uuid OR partner_id = $3::uuid))
ORDER BY (id = $1::uuid) DESC LIMIT 1`;

/**
 * Creates the run with its steps and its first event, in one statement, or finds the live one. With a `claimer` the new run is
 * leased at once, and its first step has started. The insert waits for a competing one to commit and never aborts a
 * transaction, unless `rows` do.
 * @throws PreconditionError when there is no live run and the precondition does not hold
 */
export async function createRun(sql: Sql, run: NewRun, claimer: Claimer | null = null): Promise<ClaimedRun> {
  const { kind, id: startedById, label } = run.startedBy;
  const key = [
    run.id ?? uuidv7(),
    run.owner.workspaceId ?? null,
    run.owner.partnerId ?? null,
    run.plan.type,
    run.subjectId,
  ];
  const facts = [
    run.managedTenantId ?? null,
    run.providerConnectionId ?? null,
    run.onboardingSessionId ?? null,
    encodeJson(run.input),
    run.failurePolicy ?? 'rollback',
    kind,
    startedById,
    label,
    encodeJson(run.plan.steps.map(({ name, title, progress }) => ({ name, title, progress: progress[0] }))),
    run.workflowId ?? null,
    ...(claimer ? claimerValues(claimer) : [null, null, null, []]),
    run.priority ?? 0,
  ];
  // The run in the way may end between the two statements; then the next insert succeeds.
  for (let round = 0; round < 5; round += 1) {
    const found = (await insert(sql, run, [...key, ...facts])) ?? (await findExisting(sql, key));
    if (found) return found;
    if (run.precondition) throw new PreconditionError();
  }
  throw new Error('The run could neither be created nor found');
}

async function insert(
  sql: Sql,
  { precondition, rows }: NewRun,
  values: unknown[],
): Promise<ClaimedRun | undefined> {
  const condition = precondition ? ` WHERE ${numbered(precondition, PARAMETERS + 1)}` : '';
  const ctes = `precondition AS (SELECT 1${condition}), ${CTES}`;
  const parameters = PARAMETERS + (precondition?.values.length ?? 0);
  const statement = withRows(ctes, parameters, rows ?? [], NEW);
  const all = [...values, ...(precondition?.values ?? []), ...statement.values];
  const [row] = await sql.query<CreatedRun & JsonRow>(`create_run_${statement.name}`, statement.text, all);
  if (!row) return undefined;
  const { run, steps, ...created } = row;
  return { created, claimed: steps && toRunWithSteps({ run, steps }) };
}

async function findExisting(sql: Sql, key: unknown[]): Promise<ClaimedRun | undefined> {
  const [created] = await sql.query<CreatedRun>('find_live_run', EXISTING, key);
  return created && { created, claimed: null };
}
