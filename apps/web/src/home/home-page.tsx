import { getQueryKey } from '@trpc/react-query';
import { paths } from '../paths.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { Loaded } from '../states/loaded.js';
import { t } from '../texts/home.js';
import { trpc, trpcClient } from '../trpc.js';
import { AppLink } from '../ui/app-link.js';
import { LoadMore } from '../ui/load-more.js';
import { PageHeading } from '../ui/page-heading.js';
import { usePages } from '../ui/use-pages.js';
import { EmptyHome } from './empty-home.js';
import { LiveRuns } from './live-runs.js';
import { ManagedTenants } from './managed-tenants.js';
import { OpenSessions } from './open-sessions.js';

/** Where the workspace is looked after: what waits for a person, what runs, what is managed. */
export function HomePage() {
  const workspace = useWorkspace();
  const workspaceId = workspace.id;
  const input = { workspaceId, limit: 100 };
  const tenants = usePages({
    queryKey: getQueryKey(trpc.managedTenants.list, input, 'infinite'),
    load: (cursor) => trpcClient.managedTenants.list.query({ ...input, cursor }),
  });
  const isEmpty = tenants.data?.length === 0;
  const canOnboard = workspace.can('onboarding:run');
  const action = canOnboard && !isEmpty && (
    <AppLink href={paths.newOnboarding(workspace.slug)} look="primary">
      {t('home.new')}
    </AppLink>
  );
  return (
    <div className="page">
      <PageHeading aside={action}>{workspace.name}</PageHeading>
      <div className="stack loose">
        {!isEmpty && <OpenSessions />}
        {!isEmpty && <LiveRuns />}
        <Loaded query={tenants}>
          {(items) => (items.length === 0 ? <EmptyHome /> : <ManagedTenants tenants={items} />)}
        </Loaded>
        <LoadMore list={tenants} />
      </div>
    </div>
  );
}
