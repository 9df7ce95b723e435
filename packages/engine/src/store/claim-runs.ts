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
  live(`priority = ${priority} AND due_at <= now() AND workflow_id IS NULL AND id <> ALL ($5::uuid[])
  ORDER BY due_at LIMIT ${limit}
  FOR UPDATE SKIP LOCKED`);
const TEXT = claim(`urgent AS (${due(0, '$4::int')}),
  later AS (${due(1, '(SELECT $4::int - count(*) FROM urgent)')}),
  due AS (SELECT * FROM urgent UNION ALL SELECT * FROM later)`);

/** Claims runs that are due: new ones, those whose wait is over, and those whose worker let its lease run out. */
export async function claimRuns(sql: Sql, request: Claim): Promise<RunWithSteps[]> {
  const values = [...claimerValues(request), request.limit, request.busyWith];
  return (await sql.query<JsonRow>('claim_runs', TEXT, values)).map(toRunWithSteps);
}
