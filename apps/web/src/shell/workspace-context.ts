import type { Capability } from '@gangway/contract/capabilities';
import type { Workspace } from '@gangway/contract/workspaces';
import { createContext, useContext } from 'react';

export const WorkspaceContext = createContext<Workspace | null>(null);

export interface CurrentWorkspace extends Workspace {
  /** Whether this member could do it now: holds the capability, and the workspace is not suspended for writes. */
  readonly can: (capability: Capability) => boolean;
}

/** The workspace of the address bar. Only below WorkspaceLayout. */
export function useWorkspace(): CurrentWorkspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('No workspace around this component');
  return {
    ...workspace,
    can: (capability) =>
      workspace.capabilities.includes(capability) && (!workspace.suspended || capability.endsWith(':read')),
  };
}
