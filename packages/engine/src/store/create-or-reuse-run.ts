import type { RunStatus } from '@gangway/contract/operations';
import type { Prisma } from '@gangway/db/client';
import { uuidv7 } from 'uuidv7';
import { RunNotGiven } from '../errors.js';
import type { FailurePolicy } from '../interpret.js';
import { encodeJson, type JsonObject } from '../json.js';
import type { Plan } from '../plan.js';
import { numbered, type Rows, withRows } from '../rows.js';
import type { StartedBy } from '../step.js';
import { iso, type RawTransaction, runSnapshot, type Sql, sqlOfTransaction } from './sql.js';

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

const CTES = `
run AS (
  INSERT INTO operation_runs (id, workspace_id, partner_id, type, subject_id, managed_tenant_id, provider_connection_id,
    onboarding_session_id, input, failure_policy, started_by_kind, started_by_id, started_by_label, workflow_id, last_event_seq, due_at)
  SELECT $1::uuid, $2::uuid, $3::uuid, $4, $5::uuid, $6::uuid, $7::uuid, $8::uuid, $9::jsonb, $10, $11, $12, $13, $15, 1,
    now() + CASE WHEN $15::text IS NULL THEN interval '0' ELSE interval '1 minute' END
  FROM given
  ON CONFLICT DO NOTHING
  RETURNING *
), planned AS (
  INSERT INTO operation_run_steps (run_id, position, name, title)
  SELECT run.id, p.n - 1, p.step->>'name', p.step->>'title'
  FROM run, jsonb_array_elements($14::jsonb) WITH ORDINALITY AS p (step, n)
), told AS (
  INSERT INTO operation_run_events (run_id, seq, kind, data, at)
  SELECT id, 1, 'run.queued', jsonb_build_object('run', ${runSnapshot('run')}, 'changed', NULL), clock_timestamp()
  FROM run
)`;
const PARAMETERS = 15;

const ANSWER = `id AS "operationRunId", status, ${iso('created_at')} AS "createdAt"`;

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
  const sql = 'query' in tx ? tx : sqlOfTransaction(tx);
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
  ];
  // The run in the way may end between the two statements; then the next insert succeeds.
  for (let round = 0; round < 5; round += 1) {
    const found = (await insert(sql, run, [...key, ...facts])) ?? (await findExisting(sql, key));
    if (found) return found;
    if (run.given) throw new RunNotGiven();
  }
  throw new Error('The run could neither be created nor found');
}

async function insert(sql: Sql, { given, rows }: NewRun, values: unknown[]): Promise<CreatedRun | undefined> {
  const condition = given ? ` WHERE ${numbered(given, PARAMETERS + 1)}` : '';
  const ctes = `given AS (SELECT 1${condition}), ${CTES}`;
  const parameters = PARAMETERS + (given?.values.length ?? 0);
  const made = withRows(ctes, parameters, rows ?? [], ` SELECT ${ANSWER}, false AS reused FROM run`);
  const all = [...values, ...(given?.values ?? []), ...made.values];
  return (await sql.query<CreatedRun>(`create_run_${made.name}`, made.text, all))[0];
}

async function findExisting(sql: Sql, key: unknown[]): Promise<CreatedRun | undefined> {
  return (await sql.query<CreatedRun>('find_live_run', EXISTING, key))[0];
}
