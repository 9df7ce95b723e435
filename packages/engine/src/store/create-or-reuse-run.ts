import type { RunStatus } from '@gangway/contract/operations';
import { uuidv7 } from 'uuidv7';
import type { FailurePolicy } from '../interpret.js';
import { encodeJson, type JsonObject } from '../json.js';
import type { Plan } from '../plan.js';
import type { StartedBy } from '../step.js';
import { type RawTransaction, runSnapshot, type Sql, sqlOfTransaction } from './sql.js';

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
}

export interface CreatedRun {
  readonly operationRunId: string;
  readonly status: RunStatus;
  /** A live run of the same owner, type and subject was there already, or this id was. */
  readonly reused: boolean;
}

const INSERT = `
WITH created AS (
  INSERT INTO operation_runs (id, workspace_id, partner_id, type, subject_id, managed_tenant_id, provider_connection_id,
    onboarding_session_id, input, failure_policy, started_by_kind, started_by_id, started_by_label, workflow_id, last_event_seq, due_at)
  VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $5::uuid, $6::uuid, $7::uuid, $8::uuid, $9::jsonb, $10, $11, $12, $13, $15, 1,
    now() + CASE WHEN $15::text IS NULL THEN interval '0' ELSE interval '1 minute' END)
  ON CONFLICT DO NOTHING
  RETURNING *
), planned AS (
  INSERT INTO operation_run_steps (run_id, position, name, title)
  SELECT created.id, p.n - 1, p.step->>'name', p.step->>'title'
  FROM created, jsonb_array_elements($14::jsonb) WITH ORDINALITY AS p (step, n)
), told AS (
  INSERT INTO operation_run_events (run_id, seq, kind, data, at)
  SELECT id, 1, 'run.queued', jsonb_build_object('run', ${runSnapshot('created')}, 'changed', NULL), clock_timestamp()
  FROM created
)
SELECT id AS "operationRunId", status, false AS reused FROM created`;

const EXISTING = `
SELECT id AS "operationRunId", status, true AS reused FROM operation_runs
WHERE id = $1::uuid OR (status IN ('queued', 'running') AND type = $4 AND subject_id = $5::uuid
  AND (workspace_id = $2::uuid OR partner_id = $3::uuid))
ORDER BY (id = $1::uuid) DESC LIMIT 1`;

/**
 * Writes the queued run with its steps and its first event inside the caller's transaction, or finds the live one. Where
 * nothing else has to be written with it, a pool will do: it is one statement.
 * The insert waits for a competing one to commit and never aborts the transaction. Poke the engine after the
 * commit; without that the run begins when a worker looks next, within a second.
 */
export async function createOrReuseRun(tx: RawTransaction | Sql, run: NewRun): Promise<CreatedRun> {
  const sql = 'query' in tx ? tx : sqlOfTransaction(tx);
  const id = run.id ?? uuidv7();
  const { kind, id: startedById, label } = run.startedBy;
  const key = [id, run.owner.workspaceId ?? null, run.owner.partnerId ?? null, run.plan.type, run.subjectId];
  const links = [
    run.managedTenantId ?? null,
    run.providerConnectionId ?? null,
    run.onboardingSessionId ?? null,
  ];
  const steps = run.plan.steps.map(({ name, title }) => ({ name, title }));
  const facts = [
    encodeJson(run.input),
    run.failurePolicy ?? 'rollback',
    kind,
    startedById,
    label,
    encodeJson(steps),
    run.workflowId ?? null,
  ];
  // The run in the way may end between the two statements; then the next insert succeeds.
  for (let round = 0; round < 5; round += 1) {
    const found = (await insert(sql, [...key, ...links, ...facts])) ?? (await existing(sql, key));
    if (found) return { operationRunId: found.operationRunId, status: found.status, reused: found.reused };
  }
  throw new Error('The run could neither be created nor found');
}

const insert = async (sql: Sql, values: unknown[]) =>
  (await sql.query<CreatedRun>('create_run', INSERT, values))[0];
const existing = async (sql: Sql, values: unknown[]) =>
  (await sql.query<CreatedRun>('find_live_run', EXISTING, values))[0];
