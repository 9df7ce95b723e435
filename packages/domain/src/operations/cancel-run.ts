import type { cancel } from '@gangway/contract/operations';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { getRun } from './get-run.js';

/** Asks a live run to end: its current step ends, compensations run, it fails with `run.cancelled`. @throws RunConflict when it has ended */
export async function cancelRun(
  scope: WorkspaceScope,
  input: z.output<(typeof cancel)['in']>,
): Promise<z.infer<(typeof cancel)['out']>> {
  const { operationRunId } = input;
  const { house, actor } = scope;
  await house.engine.signal(operationRunId, {
    kind: 'cancel',
    reason: input.reason ?? null,
    by: actor.label,
  });
  await audit(house.db.prisma, scope, {
    action: 'operations.cancel',
    targetKind: 'operation_run',
    targetId: operationRunId,
  });
  const { status } = await getRun(scope, input);
  return { operationRunId, status };
}
