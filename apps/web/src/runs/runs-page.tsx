import { useSearch } from '@tanstack/react-router';
import { getQueryKey } from '@trpc/react-query';
import { isLive } from '../live/is-live.js';
import { paths, type RunFilters } from '../paths.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { Empty } from '../states/empty.js';
import { Loaded } from '../states/loaded.js';
import { useTenantOptions } from '../tenants/use-tenant-options.js';
import { t } from '../texts/runs.js';
import { trpc, trpcClient } from '../trpc.js';
import { AppLink } from '../ui/app-link.js';
import { LoadMore } from '../ui/load-more.js';
import { PageHeading } from '../ui/page-heading.js';
import { usePages } from '../ui/use-pages.js';
import { useGo } from '../ui/use-go.js';
import { FilterSelect } from '../ui/filter-select.js';
import { OPERATION_TITLES } from './operation-titles.js';
import { FILTER_STATUSES, FILTER_TYPES, toRunFilters } from './run-filters.js';
import { RunTable } from './run-table.js';

const POLL_MS = 4_000;

/** All runs of the workspace; the filters live in the address. */
export function RunsPage() {
  const { id: workspaceId, slug } = useWorkspace();
  const filters = useSearch({ from: '/signed-in/w/$slug/runs' });
  const go = useGo();
  const { type, status, tenant } = filters;
  const input = {
    workspaceId,
    limit: 30,
    ...(type && { type }),
    ...(status && { status }),
    ...(tenant && { managedTenantId: tenant }),
  };
  const list = usePages({
    queryKey: getQueryKey(trpc.operations.list, input, 'infinite'),
    load: (cursor) => trpcClient.operations.list.query({ ...input, cursor }),
    pollMs: (runs) => runs.some(isLive) && POLL_MS,
  });
  const show = (change: RunFilters) =>
    go(paths.runs(slug, toRunFilters({ ...filters, ...change })), { replace: true });
  const tenants = useTenantOptions(tenant);
  const isFiltered = Boolean(type ?? status ?? tenant);
  return (
    <div className="page">
      <PageHeading>{t('title')}</PageHeading>
      <div className="stack">
        <div className="row">
          <FilterSelect
            label={t('type')}
            allLabel={t('all')}
            value={type ?? ''}
            options={FILTER_TYPES.map((value) => ({ value, label: OPERATION_TITLES[value] }))}
            onChange={(value) => show({ type: FILTER_TYPES.find((known) => known === value) })}
          />
          <FilterSelect
            label={t('status')}
            allLabel={t('all')}
            value={status ?? ''}
            options={FILTER_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
            onChange={(value) => show({ status: FILTER_STATUSES.find((known) => known === value) })}
          />
          <FilterSelect
            label={t('tenant')}
            allLabel={t('all')}
            value={tenant ?? ''}
            options={tenants}
            onChange={(value) => show({ tenant: value || undefined })}
          />
          {isFiltered && (
            <AppLink href={paths.runs(slug)} look="quiet" small>
              {t('clear')}
            </AppLink>
          )}
        </div>
        <Loaded query={list}>
          {(runs) =>
            runs.length === 0 ? (
              <Empty title={t(isFiltered ? 'emptyFiltered' : 'empty')}>{!isFiltered && t('emptyBody')}</Empty>
            ) : (
              <RunTable runs={runs} caption={t('caption')} />
            )
          }
        </Loaded>
        <LoadMore list={list} />
      </div>
    </div>
  );
}
