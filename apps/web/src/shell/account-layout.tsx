import { Outlet, useLocation } from '@tanstack/react-router';
import { paths } from '../paths.js';
import { Header } from './header.js';
import { lastWorkspace } from './last-workspace.js';
import { MainContent } from './main-content.js';
import { WorkspaceNav } from './workspace-nav.js';

/** Pages of the person, outside any workspace. Their account keeps the way back to the one they came from. */
export function AccountLayout() {
  const { pathname } = useLocation();
  const workspace = pathname === paths.account() ? lastWorkspace() : undefined;
  return (
    <>
      <Header isSignedIn {...(workspace && { workspace, nav: <WorkspaceNav workspace={workspace} /> })} />
      <MainContent>
        <Outlet />
      </MainContent>
    </>
  );
}
