import { useSearch } from '@tanstack/react-router';
import { getQueryKey } from '@trpc/react-query';
import { useWorkspace } from '../shell/workspace-context.js';
import { CapabilityNotice } from '../states/capability-notice.js';
import { Empty } from '../states/empty.js';
import { Loaded } from '../states/loaded.js';
import { t } from '../texts/audit.js';
import { trpc, trpcClient } from '../trpc.js';
import { LoadMore } from '../ui/load-more.js';
import { PageHeading } from '../ui/page-heading.js';
import { usePages } from '../ui/use-pages.js';
import { AuditFilterRow } from './audit-filter-row.js';
import { toAuditFilters } from './audit-filters.js';
import { AuditTable } from './audit-table.js';

export function AuditPage() {
  const { can } = useWorkspace();
  return (
    <div className="page">
      <PageHeading>{t('title')}</PageHeading>
      {can('audit:read') ? <AuditTrail /> : <CapabilityNotice capability="audit:read" />}
    </div>
  );
}

function AuditTrail() {
  const { id: workspaceId } = useWorkspace();
  const filters = toAuditFilters(useSearch({ strict: false }));
  const { actor, action, outcome, tenant } = filters;
  const input = {
    workspaceId,
    limit: 50,
    ...(actor && { actor }),
    ...(action && { action }),
    ...(outcome && { outcome }),
    ...(tenant && { managedTenantId: tenant }),
  };
  const list = usePages({
    queryKey: getQueryKey(trpc.audit.list, input, 'infinite'),
    load: (cursor) => trpcClient.audit.list.query({ ...input, cursor }),
  });
  const isFiltered = Object.values(filters).some(Boolean);
  return (
    <div className="stack">
      <p className="soft measure">{t('lead')}</p>
      <AuditFilterRow filters={filters} />
      <Loaded query={list}>
        {(events) =>
          events.length === 0 ? (
            <Empty title={t(isFiltered ? 'emptyFiltered' : 'empty')} />
          ) : (
            <AuditTable events={events} caption={t('caption')} />
          )
        }
      </Loaded>
      <LoadMore list={list} />
    </div>
  );
}
