import type { events } from '@gangway/contract/operations';
import { loadEventsSince, sqlOfPool } from '@gangway/engine/port';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';

/** What happened to a run so far, oldest first; as many events as its steps and their attempts make. */
export async function listRunEvents(
  scope: WorkspaceScope,
  input: z.output<(typeof events)['in']>,
): Promise<z.infer<(typeof events)['out']>> {
  const items = await loadEventsSince(sqlOfPool(scope.app.db.pool), input.operationRunId, 0);
  return { items, nextCursor: null };
}
