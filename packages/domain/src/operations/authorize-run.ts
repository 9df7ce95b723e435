import { canRole, type Capability, type Role } from '@gangway/contract/capabilities';
import type { Database } from '@gangway/db/client';
import type { RunFacts } from '@gangway/engine/step';
import { capabilityToStart } from './registry-facts.js';

/**
 * Whether whoever started a run may still do so: read when the run executes, not taken from its start. Runs of
 * partners are theirs for as long as the partner exists.
 */
export async function authorizeRun(db: Database, run: RunFacts): Promise<boolean> {
  if (run.workspaceId === null) return true;
  const capability: Capability = capabilityToStart(run.type);
  const membership = await db.prisma.membership.findUnique({
    where: { workspaceId_userId: { workspaceId: run.workspaceId, userId: run.startedBy.id } },
    select: {
      role: true,
      workspace: { select: { suspendedAt: true } },
      user: { select: { disabledAt: true } },
    },
  });
  return (
    membership !== null &&
    canRole(membership.role as Role, capability) &&
    membership.workspace.suspendedAt === null &&
    membership.user.disabledAt === null
  );
}
