import { type JsonRow, type RunWithSteps, toRunWithSteps } from './records.js';
import type { Sql } from './sql.js';
import { take, type Taker, takerValues } from './take.js';

export interface Claim extends Taker {
  /** How many runs at most. */
  readonly limit: number;
  /** Runs this worker is still busy with: after a pause of the process it must not compete with itself. */
  readonly busyWith: readonly string[];
}

// One index range over live rows only: `operation_runs_live_idx (due_at) WHERE status IN ('queued', 'running')`.
const TEXT = take(`due_at <= now() AND workflow_id IS NULL AND id <> ALL ($5::uuid[])
  ORDER BY due_at LIMIT $4::int
  FOR UPDATE SKIP LOCKED`);

/** Takes runs that are due: new ones, those whose wait is over, and those whose worker let its lease run out. */
export async function claimRuns(sql: Sql, claim: Claim): Promise<RunWithSteps[]> {
  const values = [...takerValues(claim), claim.limit, claim.busyWith];
  return (await sql.query<JsonRow>('claim_runs', TEXT, values)).map(toRunWithSteps);
}
