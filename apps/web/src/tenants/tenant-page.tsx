import type { ManagedTenant } from '@gangway/contract/managed-tenants';
import { useParams } from '@tanstack/react-router';
import { HEALTH_TONES } from '../home/health.js';
import { paths } from '../paths.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { Loaded } from '../states/loaded.js';
import { t as home } from '../texts/home.js';
import { t } from '../texts/tenant.js';
import { Ago } from '../time/when.js';
import { trpc } from '../trpc.js';
import { AppLink } from '../ui/app-link.js';
import { Identifier } from '../ui/identifier.js';
import { Notice } from '../ui/notice.js';
import { PageHeading } from '../ui/page-heading.js';
import { StatusBadge } from '../ui/status-badge.js';
import { SandboxTag } from '../ui/tag.js';
import { ConnectionList } from './connection-list.js';
import { LatestCheck } from './latest-check.js';
import { ReadAgain } from './read-again.js';
import { SnapshotSection } from './snapshot/snapshot-section.js';
import { TenantHistory } from './tenant-history.js';
import { TenantRuns } from './tenant-runs.js';

export function TenantPage() {
  const { id: workspaceId } = useWorkspace();
  const { managedTenantId } = useParams({ from: '/signed-in/w/$slug/tenants/$managedTenantId' });
  const query = trpc.managedTenants.get.useQuery({ workspaceId, managedTenantId });
  return (
    <Loaded query={query} isPage>
      {(tenant) => <Tenant tenant={tenant} />}
    </Loaded>
  );
}

function Tenant({ tenant }: { tenant: ManagedTenant }) {
  const { slug, can } = useWorkspace();
  const { onboardingSessionId } = tenant;
  return (
    <div className="page">
      <PageHeading
        eyebrow={
          <>
            <StatusBadge tone={HEALTH_TONES[tenant.health]}>{home(`health.${tenant.health}`)}</StatusBadge>
            <SandboxTag cloud={tenant.cloud} />
          </>
        }
      >
        {tenant.name}
      </PageHeading>
      <div className="stack loose">
        {onboardingSessionId && (
          <Notice
            tone="info"
            actions={
              can('onboarding:run') && (
                <AppLink
                  href={paths.onboarding(slug, onboardingSessionId, 'connection')}
                  look="secondary"
                  small
                >
                  {t('resume')}
                </AppLink>
              )
            }
          >
            {t('onboarding')}
          </Notice>
        )}
        <dl className="facts">
          <dt>{t('tenantId')}</dt>
          <dd>
            <Identifier value={tenant.entraTenantId} />
          </dd>
          {tenant.domain && (
            <>
              <dt>{t('domain')}</dt>
              <dd className="mono">{tenant.domain}</dd>
            </>
          )}
          <dt>{t('lastCheck')}</dt>
          <dd>{tenant.lastCheckedAt ? <Ago at={tenant.lastCheckedAt} /> : t('never')}</dd>
        </dl>
        <SnapshotSection snapshots={tenant.snapshots} />
        <ConnectionList tenant={tenant} />
        <LatestCheck tenant={tenant} />
        <ReadAgain tenant={tenant} />
        <TenantRuns managedTenantId={tenant.id} />
        {can('audit:read') && <TenantHistory managedTenantId={tenant.id} />}
      </div>
    </div>
  );
}
