import type { Role } from '@gangway/contract/capabilities';
import type { Database } from '@gangway/db/client';
import type { RunFacts } from '@gangway/engine/port';
import { refusalOf } from '../access/standing.js';
import { capabilityToStart } from './registry-facts.js';

/**
 * Whether whoever started a run may still do so: read when the run executes, not taken from its start. Runs of
 * partners are theirs for as long as the partner exists.
 */
export async function authorizeRun(db: Database, run: RunFacts): Promise<boolean> {
  if (run.workspaceId === null) return true;
  const membership = await db.prisma.membership.findUnique({
    where: { workspaceId_userId: { workspaceId: run.workspaceId, userId: run.startedBy.id } },
    select: {
      role: true,
      workspace: { select: { suspendedAt: true } },
      user: { select: { disabledAt: true } },
    },
  });
  if (!membership || membership.user.disabledAt !== null) return false;
  const standing = { role: membership.role as Role, isSuspended: membership.workspace.suspendedAt !== null };
  return refusalOf(standing, capabilityToStart(run.type)) === null;
}
