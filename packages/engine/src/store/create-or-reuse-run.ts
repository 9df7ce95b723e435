import type { RunStatus } from '@gangway/contract/operations';
import type { Prisma } from '@gangway/db/client';
import { uuidv7 } from 'uuidv7';
import { RunNotGiven } from '../errors.js';
import type { FailurePolicy } from '../interpret.js';
import { encodeJson, type JsonObject } from '../json.js';
import type { Plan } from '../plan.js';
import { numbered, type Rows, withRows } from '../rows.js';
import type { StartedBy } from '../step.js';
import { type JsonRow, type RunWithSteps, toRunWithSteps } from './records.js';
import { iso, type RawTransaction, runSnapshot, type Sql, sqlOfTransaction } from './sql.js';
import { type Taker, takerValues } from './take.js';

export type RunOwner =
  | { readonly workspaceId: string; readonly partnerId?: null }
  | { readonly partnerId: string; readonly workspaceId?: null };

export interface NewRun {
  /** Minted by the caller where something else has to name the run before it exists. */
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
  /** 1 for one of many, which lets everybody else's go first. Default 0. */
  readonly priority?: 0 | 1;
  readonly startedBy: StartedBy;
  /** The Temporal workflow that executes the run already, where somebody started it there. */
  readonly workflowId?: string;
  /** A condition of SQL that a new run depends on. */
  readonly given?: Prisma.Sql;
  /** What comes to stand together with a new run, in the same statement. */
  readonly rows?: Rows;
}

export interface CreatedRun {
  readonly operationRunId: string;
  readonly status: RunStatus;
  /** ISO 8601, by the database's clock. */
  readonly createdAt: string;
  /** A live run of the same owner, type and subject was there already, or this id was. */
  readonly reused: boolean;
}

/** `taken`: the new run as its taker holds it; null where another live one is there. */
export interface TakenRun {
  readonly created: CreatedRun;
  readonly taken: RunWithSteps | null;
}

const CTES = `
run AS (
  INSERT INTO operation_runs (id, workspace_id, partner_id, type, subject_id, managed_tenant_id, provider_connection_id,
    onboarding_session_id, input, failure_policy, started_by_kind, started_by_id, started_by_label, workflow_id,
    status, started_at, deadline_at, fence, lease_owner, last_event_seq, due_at, priority)
  SELECT $1::uuid, $2::uuid, $3::uuid, $4, $5::uuid, $6::uuid, $7::uuid, $8::uuid, $9::jsonb, $10, $11, $12, $13, $15,
    CASE WHEN t.is_taken THEN 'running' ELSE 'queued' END, CASE WHEN t.is_taken THEN now() END,
    now() + ($18::jsonb->>$4::text)::bigint * interval '1 ms', t.is_taken::int, $16, 1 + t.is_taken::int,
    now() + CASE WHEN t.is_taken THEN $17::int * interval '1 ms' WHEN $15::text IS NULL THEN interval '0' ELSE interval '1 minute' END,
    $19::smallint
  FROM given, (SELECT $16::text IS NOT NULL AS is_taken) t
  ON CONFLICT DO NOTHING
  RETURNING *
), planned AS (
  INSERT INTO operation_run_steps (run_id, position, name, title)
  SELECT run.id, p.n - 1, p.step->>'name', p.step->>'title'
  FROM run, jsonb_array_elements($14::jsonb) WITH ORDINALITY AS p (step, n)
  RETURNING *
), told AS (
  INSERT INTO operation_run_events (run_id, seq, kind, data, at)
  SELECT id, e.seq, e.kind, jsonb_build_object('run', ${runSnapshot('run')} || jsonb_build_object('status', e.status), 'changed', NULL),
    clock_timestamp()
  FROM run, (VALUES (1, 'run.queued', 'queued'), (2, 'run.started', 'running')) AS e (seq, kind, status)
  WHERE e.seq <= run.last_event_seq
)`;
const PARAMETERS = 19;

const ANSWER = `id AS "operationRunId", status, ${iso('created_at')} AS "createdAt"`;

// Whoever takes a run up at its birth needs not read it again.
const NEW = `
SELECT ${ANSWER}, false AS reused, CASE WHEN lease_owner IS NOT NULL THEN to_jsonb(run) END AS run,
  CASE WHEN lease_owner IS NOT NULL THEN (SELECT jsonb_agg(to_jsonb(p) ORDER BY p.position) FROM planned p) END AS steps
FROM run`;

const EXISTING = `
SELECT ${ANSWER}, true AS reused FROM operation_runs
WHERE id = $1::uuid OR (status IN ('queued', 'running') AND type = $4 AND subject_id = $5::uuid
  AND (workspace_id = $2::uuid OR partner_id = $3::uuid))
ORDER BY (id = $1::uuid) DESC LIMIT 1`;

/**
 * Writes the queued run with its steps and its first event, in the caller's transaction or as the one statement that it
 * is; or finds the live one. The insert waits for a competing one to commit and never aborts a transaction, unless
 * `rows` do. Poke the engine after the commit; without that the run begins when a worker looks next, within a second.
 * @throws RunNotGiven when there is no live run and `given` does not hold
 */
export async function createOrReuseRun(tx: RawTransaction | Sql, run: NewRun): Promise<CreatedRun> {
  return (await create('query' in tx ? tx : sqlOfTransaction(tx), run, null)).created;
}

/** The same in a transaction of its own, with a new run in the hands of `taker` at once. @throws RunNotGiven */
export function createAndTakeRun(sql: Sql, run: NewRun, taker: Taker): Promise<TakenRun> {
  return create(sql, run, taker);
}

async function create(sql: Sql, run: NewRun, taker: Taker | null): Promise<TakenRun> {
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
    encodeJson(run.plan.steps.map(({ name, title }) => ({ name, title }))),
    run.workflowId ?? null,
    ...(taker ? takerValues(taker) : [null, null, null]),
    run.priority ?? 0,
  ];
  // The run in the way may end between the two statements; then the next insert succeeds.
  for (let round = 0; round < 5; round += 1) {
    const found = (await insert(sql, run, [...key, ...facts])) ?? (await findExisting(sql, key));
    if (found) return found;
    if (run.given) throw new RunNotGiven();
  }
  throw new Error('The run could neither be created nor found');
}

async function insert(sql: Sql, { given, rows }: NewRun, values: unknown[]): Promise<TakenRun | undefined> {
  const condition = given ? ` WHERE ${numbered(given, PARAMETERS + 1)}` : '';
  const ctes = `given AS (SELECT 1${condition}), ${CTES}`;
  const parameters = PARAMETERS + (given?.values.length ?? 0);
  const made = withRows(ctes, parameters, rows ?? [], NEW);
  const all = [...values, ...(given?.values ?? []), ...made.values];
  const [row] = await sql.query<CreatedRun & JsonRow>(`create_run_${made.name}`, made.text, all);
  if (!row) return undefined;
  const { run, steps, ...created } = row;
  return { created, taken: steps && toRunWithSteps({ run, steps }) };
}

async function findExisting(sql: Sql, key: unknown[]): Promise<TakenRun | undefined> {
  const [created] = await sql.query<CreatedRun>('find_live_run', EXISTING, key);
  return created && { created, taken: null };
}
