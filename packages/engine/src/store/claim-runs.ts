import type { RunWithSteps } from '../run.js';
import { claim, type Claimer, claimerValues, live } from './claim.js';
import type { Sql } from './sql.js';
import { type JsonRow, toRunWithSteps } from './to-run.js';

export interface Claim extends Claimer {
  /** How many runs at most. */
  readonly limit: number;
  /** Runs this worker is still busy with: after a pause of the process it must not compete with itself. */
  readonly busyWith: readonly string[];
}

// Ranges of an index over live rows only: `operation_runs_due_idx (priority, due_at) WHERE status IN ('queued', 'running')`.
const due = (priority: number, limit: string) =>
  live(`priority = ${priority} AND due_at <= now() AND workflow_id IS NULL AND id <> ALL ($6::uuid[])
  ORDER BY due_at LIMIT ${limit}
  FOR UPDATE SKIP LOCKED`);
// Each in its turn, and of those that have begun and wait before those that may not have.
const left = (...before: string[]) =>
  `(SELECT greatest($5::int - count(*), 0) FROM (${before.map((name) => `SELECT id FROM ${name}`).join(' UNION ALL ')}) b)`;
const TEXT = claim(`begun AS (${due(2, '$5::int')}),
  urgent AS (${due(0, left('begun'))}),
  later_begun AS (${due(3, left('begun', 'urgent'))}),
  later AS (${due(1, left('begun', 'urgent', 'later_begun'))}),
  due AS (SELECT * FROM begun UNION ALL SELECT * FROM urgent UNION ALL SELECT * FROM later_begun UNION ALL SELECT * FROM later)`);

/** Claims runs that are due: new ones, those whose wait is over, and those whose worker let its lease run out. */
export async function claimRuns(sql: Sql, request: Claim): Promise<RunWithSteps[]> {
  const values = [...claimerValues(request), request.limit, request.busyWith];
  return (await sql.query<JsonRow>('claim_runs', TEXT, values)).map(toRunWithSteps);
}
