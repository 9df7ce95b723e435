import type { Run } from '@gangway/contract/operations';
import { useWorkspace } from '../shell/workspace-context.js';
import { TenantLink } from '../tenants/tenant-link.js';
import { t } from '../texts/runs.js';
import { Exact, toDuration } from '../time/when.js';
import { trpc } from '../trpc.js';
import { Identifier } from '../ui/identifier.js';

export function RunFacts({ run }: { run: Run }) {
  const { id: workspaceId } = useWorkspace();
  const { id, startedBy, cancelledBy, createdAt, startedAt, finishedAt, attempt, managedTenantId } = run;
  const tenant = trpc.managedTenants.get.useQuery(
    { workspaceId, managedTenantId: managedTenantId ?? '' },
    { enabled: managedTenantId !== null, staleTime: 60_000 },
  );
  return (
    <dl className="card facts">
      <dt>{t('id')}</dt>
      <dd>
        <Identifier value={id} />
      </dd>
      <dt>{t('startedBy')}</dt>
      <dd>{startedBy}</dd>
      {cancelledBy && (
        <>
          <dt>{t('cancelledBy')}</dt>
          <dd>{cancelledBy}</dd>
        </>
      )}
      <dt>{t('started')}</dt>
      <dd>
        <Exact at={startedAt ?? createdAt} />
      </dd>
      {finishedAt && (
        <>
          <dt>{t('finished')}</dt>
          <dd>
            <Exact at={finishedAt} />
          </dd>
        </>
      )}
      {startedAt && finishedAt && (
        <>
          <dt>{t('lasted')}</dt>
          <dd>{toDuration(Date.parse(finishedAt) - Date.parse(startedAt))}</dd>
        </>
      )}
      <dt>{t('attempt')}</dt>
      <dd>{attempt}</dd>
      {managedTenantId && (
        <>
          <dt>{t('tenant')}</dt>
          <dd>
            <TenantLink id={managedTenantId} name={tenant.data?.name ?? t('openTenant')} />
          </dd>
        </>
      )}
    </dl>
  );
}
