import type { operationRunList, operationRunQuery } from '@gangway/contract/provisioning/operation-runs';
import { Prisma } from '@gangway/db/client';
import { type JsonRow, toRunWithSteps } from '@gangway/engine/port';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { toCursorId, toPage } from '../page.js';
import { toRunSummary } from './to-provisioning-run.js';

/** In the words of the indexes. */
const STATES = {
  live: Prisma.sql`AND r.status IN ('queued', 'running')`,
  held: Prisma.sql`AND r.held`,
};

/** The runs of the partner, newest first. @throws AppError invalid for a cursor that is none */
export async function listProvisioningRuns(
  scope: PartnerScope,
  { cursor, limit, state }: z.output<typeof operationRunQuery>,
): Promise<z.infer<typeof operationRunList>> {
  const before = toCursorId(cursor);
  const rows = await scope.app.db.prisma.$queryRaw<JsonRow[]>`
    SELECT to_jsonb(r) - 'input' - 'result' AS run, '[]'::jsonb AS steps FROM operation_runs r
     WHERE r.partner_id = ${scope.partnerId}::uuid ${state ? STATES[state] : Prisma.empty}
       ${before ? Prisma.sql`AND r.id < ${before}::uuid` : Prisma.empty}
     ORDER BY r.id DESC LIMIT ${limit + 1}`;
  const page = toPage(rows.map(toRunWithSteps), limit, toRunSummary);
  return { items: page.items, next_cursor: page.nextCursor };
}
