import type { list } from '@gangway/contract/operations';
import { listRuns as loadRuns, sqlOfTransaction } from '@gangway/engine/port';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { toCursorId, toPage } from '../page.js';
import { toRunSummary } from './to-run.js';

/** The runs of the workspace, newest first. */
export async function listRuns(
  scope: WorkspaceScope,
  input: z.output<(typeof list)['in']>,
): Promise<z.infer<(typeof list)['out']>> {
  const { cursor, ...filter } = input;
  const before = toCursorId(cursor);
  // Not prepared: planned with its values, so that each filter is answered by the index that is made for it.
  const runs = await loadRuns(sqlOfTransaction(scope.app.db.prisma), {
    ...filter,
    workspaceId: scope.workspaceId,
    before,
  });
  const ids = runs.flatMap((run) => run.managedTenantId ?? []);
  const tenants = await scope.app.db.prisma.managedTenant.findMany({
    where: { workspaceId: scope.workspaceId, id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  const names = new Map(tenants.map(({ id, name }) => [id, name]));
  return toPage(runs, input.limit, (run) => ({
    ...toRunSummary(run),
    managedTenantName: names.get(run.managedTenantId ?? '') ?? null,
  }));
}
