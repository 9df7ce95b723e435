import type { Session } from '@gangway/contract/onboarding';
import { useState } from 'react';
import { paths } from '../../paths.js';
import { useWorkspace } from '../../shell/workspace-context.js';
import { CapabilityNotice } from '../../states/capability-notice.js';
import { Loaded } from '../../states/loaded.js';
import { t } from '../../texts/connection.js';
import { trpc } from '../../trpc.js';
import { consentOfSession } from '../consent/consent-of-session.js';
import { ConsentSection } from '../consent/consent-section.js';
import { useConsent } from '../consent/use-consent.js';
import { StepHeading } from '../step-heading.js';
import { ConnectionForm } from './connection-form.js';
import { Disclosure } from './disclosure.js';

export default function ConnectionStep({ session }: { session: Session }) {
  const { id: workspaceId, slug, can } = useWorkspace();
  const { managedTenant } = session;
  const asked = consentOfSession(session);
  const [isConsentWanted, setConsentWanted] = useState(false);
  // What became of an earlier request is told without a click.
  const consent = useConsent(asked.from, session.connection !== null);
  const isConsentOpen = isConsentWanted || Boolean(consent.data?.latest);
  const connections = trpc.connections.list.useQuery({
    workspaceId,
    managedTenantId: managedTenant.id,
    limit: 100,
  });
  // The cloud was found at the first step; nobody is asked for it twice.
  const domainOrId = managedTenant.domain ?? managedTenant.entraTenantId;
  const discovery = trpc.managedTenants.discover.useQuery(
    { workspaceId, domainOrId },
    { retry: false, staleTime: 600_000, refetchOnWindowFocus: false },
  );
  const cloud = managedTenant.cloud ?? discovery.data?.cloud ?? null;
  return (
    <>
      <StepHeading step="connection" tenantName={managedTenant.name} cloud={cloud}>
        {t('title')}
      </StepHeading>
      <p className="soft">{t('lead', { name: managedTenant.name })}</p>
      <Disclosure isKnown={session.connection !== null} />
      {can('onboarding:run') ? (
        <Loaded query={connections}>
          {({ items }) => (
            <Loaded query={{ ...discovery, data: cloud ?? (discovery.isError ? 'global' : undefined) }}>
              {(found) => (
                <ConnectionForm
                  session={session}
                  connections={items}
                  cloud={found}
                  onAskForConsent={isConsentOpen ? null : () => setConsentWanted(true)}
                />
              )}
            </Loaded>
          )}
        </Loaded>
      ) : (
        <CapabilityNotice capability="onboarding:run" />
      )}
      {session.connection && isConsentOpen && (
        <ConsentSection
          {...asked}
          verificationHref={paths.onboarding(slug, session.id, 'verify')}
          isWanted={isConsentWanted}
        />
      )}
    </>
  );
}
