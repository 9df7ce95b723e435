import type { OperationType } from '@gangway/contract/operation-types';
import type { Sql } from './sql.js';

export interface Dispatch {
  readonly id: string;
  readonly type: OperationType;
  readonly subjectId: string;
  readonly workflowId: string | null;
}

const DUE = `
WITH due AS (
  SELECT id FROM operation_runs WHERE status IN ('queued', 'running') AND due_at <= now()
  ORDER BY priority, due_at LIMIT $1::int
  FOR UPDATE SKIP LOCKED
)
UPDATE operation_runs r SET due_at = now() + $2::int * interval '1 ms' FROM due WHERE r.id = due.id
RETURNING r.id, r.type, r.subject_id AS "subjectId", r.workflow_id AS "workflowId"`;

const POSTPONE = `
UPDATE operation_runs SET due_at = now() + $2::int * interval '1 ms'
WHERE id = $1::uuid AND status IN ('queued', 'running') AND lease_owner IS NULL`;

/**
 * Runs that need a workflow: new ones, ones another engine has left, and ones nobody has heard of for too long. They
 * come back after `againMs` unless an activity has taken them up, so that a crash after this call loses nothing.
 */
export async function dispatchRuns(sql: Sql, limit: number, againMs: number): Promise<Dispatch[]> {
  return sql.query<Dispatch>('dispatch_runs', DUE, [limit, againMs]);
}

/** Looks at a run again after so many milliseconds. */
export async function postponeRun(sql: Sql, operationRunId: string, againMs: number): Promise<void> {
  await sql.query('postpone_run', POSTPONE, [operationRunId, againMs]);
}
