import { capabilitiesOf } from '@gangway/contract/capabilities';
import type { Workspace } from '@gangway/contract/workspaces';
import type { WorkspaceScope } from '../access/scope.js';

/** The workspace as its member sees it. The door has read everything already: no further statement. */
export function getWorkspace(scope: WorkspaceScope): Workspace {
  const { name, slug, isSuspended } = scope.workspace;
  return {
    id: scope.workspaceId,
    name,
    slug,
    role: scope.role,
    capabilities: [...capabilitiesOf(scope.role)],
    suspended: isSuspended,
  };
}
