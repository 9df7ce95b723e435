import { type JsonRow, type RunWithSteps, toRunWithSteps } from './records.js';
import type { Sql } from './sql.js';
import { live, take, type Taker, takerValues } from './take.js';

export interface Taking extends Taker {
  readonly operationRunId: string;
  readonly workflowId: string;
}

const TEXT = take(
  `due AS (${live(`id = $4::uuid AND coalesce(workflow_id, $5) = $5 FOR UPDATE`)})`,
  `workflow_id = $5,
    `,
);

/**
 * Takes one run for an activity of its workflow, under a new fence: an earlier activity that is still alive somewhere
 * cannot write any more. Null when the run has ended or belongs to another workflow.
 */
export async function takeRun(sql: Sql, taking: Taking): Promise<RunWithSteps | null> {
  const values = [...takerValues(taking), taking.operationRunId, taking.workflowId];
  const [row] = await sql.query<JsonRow>('take_run', TEXT, values);
  return row ? toRunWithSteps(row) : null;
}
