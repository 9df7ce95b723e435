import type { Capability, Role } from '@gangway/contract/capabilities';
import { admit, type RequestScope, type WorkspaceScope } from './scope.js';
import { refusalOf } from './standing.js';

/** No browser session: whoever is acted for is not there. */
const ABSENT = '00000000-0000-0000-0000-000000000000';

/**
 * Admits the member who left something to be done for them, such as a hand-off link, with the rights they have now.
 * Null: they have the capability no more, or the workspace is suspended. What calls this has proof of what was left.
 */
export async function openOnBehalf(
  scope: RequestScope,
  left: {
    readonly workspaceId: string;
    readonly userId: string;
    readonly capability: Capability;
    /** As audit events name it. */
    readonly action: string;
  },
): Promise<WorkspaceScope | null> {
  const { workspaceId, userId, capability, action } = left;
  const membership = await scope.app.db.prisma.membership.findUnique({
    where: { workspaceId_userId: { workspaceId, userId } },
    select: {
      role: true,
      user: { select: { email: true, disabledAt: true } },
      workspace: { select: { name: true, slug: true, suspendedAt: true } },
    },
  });
  if (!membership || membership.user.disabledAt !== null) return null;
  const role = membership.role as Role;
  if (refusalOf({ role, isSuspended: membership.workspace.suspendedAt !== null }, capability) !== null)
    return null;
  const { name, slug } = membership.workspace;
  return admit<WorkspaceScope>({
    app: scope.app,
    requestId: scope.requestId,
    actor: { kind: 'user', id: userId, label: membership.user.email, browserSessionId: ABSENT },
    workspaceId,
    workspace: { name, slug, isSuspended: false },
    role,
    capability,
    action,
    isOnBehalf: true,
  });
}
