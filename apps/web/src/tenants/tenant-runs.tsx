import { useEffect } from 'react';
import { isLive } from '../live/is-live.js';
import { paths } from '../paths.js';
import { RunTable } from '../runs/run-table.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { Empty } from '../states/empty.js';
import { Loaded } from '../states/loaded.js';
import { t } from '../texts/tenant.js';
import { trpc } from '../trpc.js';
import { AppLink } from '../ui/app-link.js';

const POLL_MS = 3_000;

/** The newest runs of the tenant; when one ends, its numbers are read again. */
export function TenantRuns({ managedTenantId }: { managedTenantId: string }) {
  const { id: workspaceId, slug } = useWorkspace();
  const utils = trpc.useUtils();
  const query = trpc.operations.list.useQuery(
    { workspaceId, managedTenantId, limit: 10 },
    { refetchInterval: ({ state }) => state.data?.items.some(isLive) === true && POLL_MS },
  );
  const liveCount = query.data?.items.filter(isLive).length ?? 0;
  useEffect(() => {
    void utils.managedTenants.get.invalidate();
    void utils.audit.list.invalidate();
  }, [liveCount, utils]);
  return (
    <section className="stack" aria-labelledby="runs">
      <div className="row apart">
        <h2 id="runs">{t('runs')}</h2>
        <AppLink href={paths.runs(slug, { tenant: managedTenantId })}>{t('allRuns')}</AppLink>
      </div>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('runsEmpty')} />
          ) : (
            <RunTable runs={items} caption={t('runs')} isOfTenant />
          )
        }
      </Loaded>
    </section>
  );
}
