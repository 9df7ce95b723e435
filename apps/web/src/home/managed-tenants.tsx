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
        <Standing tenant={tenant} />
      </div>
      {tenant.lastCheckedAt && (
        <p className="soft small">
          {t('home.lastCheck')} <Ago at={tenant.lastCheckedAt} />
        </p>
      )}
    </li>
  );
}

/** How far it is, and how it is. What was never checked before it is on board says only how far it is. */
function Standing({ tenant: { status, health, onboardingSessionId } }: { tenant: ManagedTenantSummary }) {
  return (
    <>
      {(status === 'active' || health !== 'unknown') && (
        <StatusBadge tone={HEALTH_TONES[health]}>{t(`health.${health}`)}</StatusBadge>
      )}
      {status === 'onboarding' && (
        <StatusBadge tone="idle">
          {t(onboardingSessionId ? 'status.onboarding' : 'status.abandoned')}
        </StatusBadge>
      )}
    </>
  );
}
