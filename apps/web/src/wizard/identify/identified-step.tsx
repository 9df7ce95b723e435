import { CLOUD_NAMES } from '@gangway/contract/clouds';
import type { Session } from '@gangway/contract/onboarding';
import { paths } from '../../paths.js';
import { useWorkspace } from '../../shell/workspace-context.js';
import { t } from '../../texts/identify.js';
import { AppLink } from '../../ui/app-link.js';
import { Identifier } from '../../ui/identifier.js';
import { StepHeading } from '../step-heading.js';

/** The first step, looked back at: whom this onboarding is about. */
export default function IdentifiedStep({ session }: { session: Session }) {
  const { slug } = useWorkspace();
  const { name, domain, entraTenantId, cloud } = session.managedTenant;
  return (
    <>
      <StepHeading step="identify" cloud={cloud}>
        {name}
      </StepHeading>
      <p className="soft">{t('identifiedLead')}</p>
      <dl className="card facts">
        {domain && (
          <>
            <dt>{t('foundDomain')}</dt>
            <dd className="mono">{domain}</dd>
          </>
        )}
        <dt>{t('tenantId')}</dt>
        <dd>
          <Identifier value={entraTenantId} />
        </dd>
        {cloud && (
          <>
            <dt>{t('cloud')}</dt>
            <dd>{CLOUD_NAMES[cloud]}</dd>
          </>
        )}
      </dl>
      <div className="actions">
        <AppLink href={paths.onboarding(slug, session.id, 'connection')} look="primary">
          {t('continue')}
        </AppLink>
      </div>
    </>
  );
}
