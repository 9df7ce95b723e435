import type { cancel } from '@gangway/contract/operations';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import { audit } from '../audit/audit.js';
import { getRun } from './get-run.js';

/** Asks a live run to end: its current step ends, compensations run, it fails with `run.cancelled`. @throws RunConflictError when it has ended */
export async function cancelRun(
  scope: WorkspaceScope,
  input: z.output<(typeof cancel)['in']>,
): Promise<z.infer<(typeof cancel)['out']>> {
  const { operationRunId } = input;
  const { app, actor } = scope;
  const signal = { kind: 'cancel', reason: input.reason ?? null, by: actor.label } as const;
  const target = { targetKind: 'operation_run', targetId: operationRunId };
  await app.engine.signal(operationRunId, signal, (record) =>
    writeInWorkspace(scope, async (tx) => {
      await record(tx);
      await audit(tx, scope, { action: 'operations.cancel', ...target });
    }),
  );
  const { status } = await getRun(scope, input);
  return { operationRunId, status };
}
