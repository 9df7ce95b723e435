import { getQueryKey } from '@trpc/react-query';
import { useState } from 'react';
import { useWorkspace } from '../shell/workspace-context.js';
import { CapabilityNotice } from '../states/capability-notice.js';
import { Empty } from '../states/empty.js';
import { Loaded } from '../states/loaded.js';
import { t } from '../texts/audit.js';
import { trpc, trpcClient } from '../trpc.js';
import { FilterSelect } from '../ui/filter-select.js';
import { LoadMore } from '../ui/load-more.js';
import { PageHeading } from '../ui/page-heading.js';
import { usePages } from '../ui/use-pages.js';
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
  const input = { workspaceId, limit: 50, ...(outcome && { outcome }) };
  const list = usePages({
    queryKey: getQueryKey(trpc.audit.list, input, 'infinite'),
    load: (cursor) => trpcClient.audit.list.query({ ...input, cursor }),
  });
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
      <Loaded query={list}>
        {(events) =>
          events.length === 0 ? (
            <Empty title={t('empty')} />
          ) : (
            <AuditTable events={events} caption={t('caption')} />
          )
        }
      </Loaded>
      <LoadMore list={list} />
    </div>
  );
}
