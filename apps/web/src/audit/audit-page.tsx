import { useState } from 'react';
import { useWorkspace } from '../shell/workspace-context.js';
import { CapabilityNotice } from '../states/capability-notice.js';
import { Empty } from '../states/empty.js';
import { Loaded } from '../states/loaded.js';
import { t } from '../texts/audit.js';
import { t as common } from '../texts/common.js';
import { trpc } from '../trpc.js';
import { Button } from '../ui/button.js';
import { FilterSelect } from '../ui/filter-select.js';
import { PageHeading } from '../ui/page-heading.js';
import { AuditTable } from './audit-table.js';

const OUTCOMES = ['allowed', 'denied', 'failed'] as const;

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
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number] | undefined>(undefined);
  const query = trpc.audit.list.useInfiniteQuery(
    { workspaceId, limit: 50, ...(outcome && { outcome }) },
    { getNextPageParam: ({ nextCursor }) => nextCursor },
  );
  return (
    <div className="stack">
      <p className="soft measure">{t('lead')}</p>
      <div className="row">
        <FilterSelect
          label={t('outcome')}
          allLabel={t('all')}
          value={outcome ?? ''}
          options={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))}
          onChange={(value) => setOutcome(OUTCOMES.find((known) => known === value))}
        />
      </div>
      <Loaded query={query}>
        {({ pages }) => {
          const events = pages.flatMap(({ items }) => items);
          return events.length === 0 ? (
            <Empty title={t('empty')} />
          ) : (
            <AuditTable events={events} caption={t('caption')} />
          );
        }}
      </Loaded>
      {query.hasNextPage && (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {common('loadMore')}
        </Button>
      )}
    </div>
  );
}
