import type { resume } from '@gangway/contract/operations';
import { sqlOfTransaction } from '@gangway/engine/store/sql';
import { requestResume } from '@gangway/engine/store/request-resume';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import { audit } from '../audit/audit.js';

/** Goes on with a parked run from the step that failed. @throws RunConflict `run.not_retryable` when it is not parked */
export async function resumeRun(
  scope: WorkspaceScope,
  input: z.output<(typeof resume)['in']>,
): Promise<z.infer<(typeof resume)['out']>> {
  const { app } = scope;
  const { operationRunId } = input;
  const status = await writeInWorkspace(scope, async (tx) => {
    await audit(tx, scope, {
      action: 'operations.resume',
      targetKind: 'operation_run',
      targetId: operationRunId,
    });
    return requestResume(sqlOfTransaction(tx), operationRunId);
  });
  app.engine.poke(operationRunId);
  return { operationRunId, status };
}
