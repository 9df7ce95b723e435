import type { Workspace } from '@gangway/contract/workspaces';
import { useEffect } from 'react';

// In this document only: signing out loads a fresh one, and the next person may not know the workspace.
let last: Workspace | undefined;

/** The workspace this person was in before they came to a page outside of it. */
export function lastWorkspace(): Workspace | undefined {
  return last;
}

/** Keeps the workspace being shown for the pages outside of it. */
export function useLastWorkspace(workspace: Workspace | undefined): void {
  useEffect(() => {
    if (workspace) last = workspace;
  }, [workspace]);
}
