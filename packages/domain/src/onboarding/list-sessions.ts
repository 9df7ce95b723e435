import type { list } from '@gangway/contract/onboarding';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { loadWaiting } from '../consent/load-waiting.js';
import { toManagedTenant, withOpenSession } from '../managed-tenants/to-managed-tenant.js';
import { toCursorId, toPage } from '../page.js';
import { currentStep, stepStates } from './current-step.js';
import { loadFactsOf } from './load-facts.js';

type Out = z.infer<(typeof list)['out']>;

/** The onboarding sessions of the workspace, newest first, each with the step it stopped at. */
export async function listSessions(
  scope: WorkspaceScope,
  input: z.output<(typeof list)['in']>,
): Promise<Out> {
  const { workspaceId } = scope;
  const db = scope.app.db.prisma;
  const before = toCursorId(input.cursor);
  const rows = await db.onboardingSession.findMany({
    where: {
      workspaceId,
      ...(input.status ? { status: input.status } : {}),
      ...(before ? { id: { lt: before } } : {}),
    },
    include: { managedTenant: { include: withOpenSession } },
    orderBy: { id: 'desc' },
    take: input.limit + 1,
  });
  const open = rows.filter(({ status }) => status === 'open');
  const [facts, waiting] = await Promise.all([
    loadFactsOf(
      db,
      workspaceId,
      rows.map((row) => row.id),
    ),
    loadWaiting(db, workspaceId, open),
  ]);
  const { items, nextCursor } = toPage(rows, input.limit, (row): Out['items'] => {
    const known = facts.get(row.id);
    // A session that was deleted between the two statements is left out.
    if (!known) return [];
    const { id, version, updatedBy } = row;
    return [
      {
        id,
        managedTenant: toManagedTenant(row.managedTenant),
        currentStep: currentStep(known),
        steps: stepStates(known),
        version,
        attention: known.attention,
        // Where the verification passed meanwhile, the consent was there.
        waitingForConsentSince:
          known.verification === 'succeeded' ? null : (waiting.get(id)?.toISOString() ?? null),
        status: known.status,
        updatedBy,
        updatedAt: row.updatedAt.toISOString(),
      },
    ];
  });
  return { items: items.flat(), nextCursor };
}
