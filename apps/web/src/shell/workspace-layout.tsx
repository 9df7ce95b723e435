import { Outlet, useLocation, useParams } from '@tanstack/react-router';
import { paths } from '../paths.js';
import { Loaded } from '../states/loaded.js';
import { OfflineNotice } from '../states/offline-notice.js';
import { t } from '../texts/common.js';
import { trpc } from '../trpc.js';
import { useGo } from '../ui/use-go.js';
import { Header } from './header.js';
import { MainContent } from './main-content.js';
import { WorkspaceContext } from './workspace-context.js';
import { WorkspaceNav } from './workspace-nav.js';

/** Resolves the slug of the address to the workspace and gives it to every page below. */
export function WorkspaceLayout() {
  const { slug } = useParams({ from: '/signed-in/w/$slug' });
  const { pathname } = useLocation();
  const isWizard = pathname.startsWith(`${paths.home(slug)}/onboarding/`) && !pathname.endsWith('/complete');
  const go = useGo();
  const query = trpc.workspaces.get.useQuery({ workspaceId: slug }, { staleTime: 30_000 });
  const workspace = query.data;
  return (
    <>
      <Header
        isSignedIn
        slug={query.isError ? undefined : slug}
        {...(workspace && { workspace })}
        nav={workspace && !isWizard && <WorkspaceNav workspace={workspace} />}
        action={
          isWizard && (
            <button type="button" className="band-control" onClick={() => go(paths.home(slug))}>
              {t('saveAndExit')}
            </button>
          )
        }
      />
      <MainContent>
        <OfflineNotice />
        {workspace?.suspended && <p className="suspended">{t('suspended')}</p>}
        <Loaded query={query} isPage>
          {(found) => (
            <WorkspaceContext value={found}>
              <Outlet />
            </WorkspaceContext>
          )}
        </Loaded>
      </MainContent>
    </>
  );
}
