import type { RunWithSteps } from '../run.js';
import { claim, type Claimer, claimerValues, live } from './claim.js';
import type { Sql } from './sql.js';
import { type JsonRow, toRunWithSteps } from './to-run.js';

export interface WorkflowClaim extends Claimer {
  readonly operationRunId: string;
  readonly workflowId: string;
}

const TEXT = claim(
  `due AS (${live(`id = $5::uuid AND coalesce(workflow_id, $6) = $6 FOR UPDATE`)})`,
  `workflow_id = $6,
    `,
);

/**
 * Claims one run for an activity of its workflow, under a new fence: an earlier activity that is still alive somewhere
 * cannot write any more. Null when the run has ended or belongs to another workflow.
 */
export async function claimRun(sql: Sql, workflow: WorkflowClaim): Promise<RunWithSteps | null> {
  const values = [...claimerValues(workflow), workflow.operationRunId, workflow.workflowId];
  const [row] = await sql.query<JsonRow>('claim_run', TEXT, values);
  return row ? toRunWithSteps(row) : null;
}
