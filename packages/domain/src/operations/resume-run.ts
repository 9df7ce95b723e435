import type { resume } from '@gangway/contract/operations';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import { audit } from '../audit/audit.js';

/** Goes on with a parked run from the step that failed. @throws RunConflictError `run.not_retryable` when it is not parked */
export async function resumeRun(
  scope: WorkspaceScope,
  input: z.output<(typeof resume)['in']>,
): Promise<z.infer<(typeof resume)['out']>> {
  const { app } = scope;
  const { operationRunId } = input;
  const target = { targetKind: 'operation_run', targetId: operationRunId };
  const status = await app.engine.signal(operationRunId, { kind: 'resume' }, (record) =>
    writeInWorkspace(scope, async (tx) => {
      await audit(tx, scope, { action: 'operations.resume', ...target });
      await record(tx);
    }),
  );
  return { operationRunId, status };
}
