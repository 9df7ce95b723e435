import { Outlet, useSearch } from '@tanstack/react-router';
import { trpc } from '../trpc.js';
import { Header } from './header.js';
import { MainContent } from './main-content.js';
import { WorkspaceNav } from './workspace-nav.js';

/** Pages of the person, outside any workspace. Their account keeps the way back to the one that its address names. */
export function AccountLayout() {
  const { workspace: slug = '' } = useSearch({ strict: false });
  const asked = { workspaceId: slug };
  // Whoever is no member of it, any more or at all, sees the page without that way.
  const { data: workspace } = trpc.workspaces.get.useQuery(asked, {
    enabled: slug !== '',
    staleTime: 30_000,
    retry: false,
  });
  return (
    <>
      <Header isSignedIn {...(workspace && { workspace, nav: <WorkspaceNav workspace={workspace} /> })} />
      <MainContent>
        <Outlet />
      </MainContent>
    </>
  );
}
