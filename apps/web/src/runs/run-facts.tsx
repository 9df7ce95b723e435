import type { Run } from '@gangway/contract/operations';
import { paths } from '../paths.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { t } from '../texts/runs.js';
import { Exact, toDuration } from '../time/when.js';
import { AppLink } from '../ui/app-link.js';
import { Identifier } from '../ui/identifier.js';

export function RunFacts({ run }: { run: Run }) {
  const { slug } = useWorkspace();
  const { id, startedBy, createdAt, startedAt, finishedAt, attempt, managedTenantId } = run;
  return (
    <dl className="card facts">
      <dt>{t('id')}</dt>
      <dd>
        <Identifier value={id} />
      </dd>
      <dt>{t('startedBy')}</dt>
      <dd>{startedBy}</dd>
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
            <AppLink href={paths.tenant(slug, managedTenantId)}>{t('openTenant')}</AppLink>
          </dd>
        </>
      )}
    </dl>
  );
}
