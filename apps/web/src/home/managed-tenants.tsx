import type { ManagedTenantSummary } from '@gangway/contract/managed-tenants';
import { paths } from '../paths.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { t } from '../texts/home.js';
import { Ago } from '../time/when.js';
import { AppLink } from '../ui/app-link.js';
import { StatusBadge } from '../ui/status-badge.js';
import { SandboxTag } from '../ui/tag.js';
import { HEALTH_TONES } from './health.js';
import '../workspaces/workspaces.css';

export function ManagedTenants({ tenants }: { tenants: readonly ManagedTenantSummary[] }) {
  return (
    <section className="stack" aria-labelledby="managed-tenants">
      <h2 id="managed-tenants">{t('home.tenants')}</h2>
      <ul className="grid">
        {tenants.map((tenant) => (
          <ManagedTenantCard key={tenant.id} tenant={tenant} />
        ))}
      </ul>
    </section>
  );
}

function ManagedTenantCard({ tenant }: { tenant: ManagedTenantSummary }) {
  const { slug } = useWorkspace();
  return (
    <li className="card workspace-card stack tight">
      <div className="row apart">
        <h3>
          <AppLink href={paths.tenant(slug, tenant.id)}>{tenant.name}</AppLink>
        </h3>
        <SandboxTag cloud={tenant.cloud} />
      </div>
      <p className="soft mono">{tenant.domain ?? tenant.entraTenantId}</p>
      <div className="row">
        <StatusBadge tone={HEALTH_TONES[tenant.health]}>{t(`health.${tenant.health}`)}</StatusBadge>
        {tenant.status === 'onboarding' && <StatusBadge tone="idle">{t('status.onboarding')}</StatusBadge>}
      </div>
      <p className="soft small">
        {tenant.lastCheckedAt ? (
          <>
            {t('home.lastCheck')} <Ago at={tenant.lastCheckedAt} />
          </>
        ) : (
          t('home.neverChecked')
        )}
      </p>
    </li>
  );
}
