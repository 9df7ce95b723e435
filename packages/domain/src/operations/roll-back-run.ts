import type { rollBack } from '@gangway/contract/operations';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import { audit } from '../audit/audit.js';

/**
 * Rolls a parked run back; with `dryRun` it only lists what would be deleted.
 * @throws RunConflictError `run.not_retryable` when it is neither parked nor stuck in a rollback
 */
export async function rollBackRun(
  scope: WorkspaceScope,
  input: z.output<(typeof rollBack)['in']>,
): Promise<z.infer<(typeof rollBack)['out']>> {
  const { app } = scope;
  const { operationRunId, dryRun } = input;
  const list = async () => [...(await app.engine.listRollBack(operationRunId))];
  if (dryRun) return { operationRunId, dryRun, status: 'failed', items: await list() };
  let items: Awaited<ReturnType<typeof list>> = [];
  const target = { targetKind: 'operation_run', targetId: operationRunId };
  const status = await app.engine.signal(operationRunId, { kind: 'rollBack' }, (record) =>
    writeInWorkspace(scope, async (tx) => {
      // Once the rights were read again: without them the state of the run is not told either.
      items = await list();
      await audit(tx, scope, { action: 'operations.rollBack', ...target });
      await record(tx);
    }),
  );
  return { operationRunId, dryRun, status, items };
}
