import type { Session } from '@gangway/contract/onboarding';
import { paths } from '../paths.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { Failure } from '../states/failure.js';
import { t as home } from '../texts/home.js';
import { t } from '../texts/wizard-shell.js';
import { Ago, Exact } from '../time/when.js';
import { trpc } from '../trpc.js';
import { AppLink } from '../ui/app-link.js';
import { Button } from '../ui/button.js';
import { PageHeading } from '../ui/page-heading.js';
import { SandboxTag } from '../ui/tag.js';
import { useGo } from '../ui/use-go.js';

/** What is left of an onboarding that somebody gave up: who, when, and the way to begin again. */
export function AbandonedPage({ session }: { session: Session }) {
  const { slug, can } = useWorkspace();
  const { managedTenant: tenant, updatedBy: who, updatedAt: at } = session;
  const openSessionId = tenant.onboardingSessionId;
  const mayOnboard = can('onboarding:run');
  return (
    <div className="page">
      <PageHeading eyebrow={<SandboxTag cloud={tenant.cloud} />}>
        {t('abandonedTitle', { name: tenant.name })}
      </PageHeading>
      <div className="stack">
        <p>
          {t('abandoned', { who })} <Ago at={at} />, {t('abandonedOn')} <Exact at={at} />.
        </p>
        <p className="soft">{t(openSessionId ? 'openAgain' : 'abandonedLead')}</p>
        <div className="row">
          {openSessionId ? (
            <AppLink href={paths.onboarding(slug, openSessionId, 'connection')} look="primary">
              {home(mayOnboard ? 'home.continue' : 'home.view')}
            </AppLink>
          ) : (
            mayOnboard && <BeginAgain tenant={tenant} />
          )}
          <AppLink href={paths.tenant(slug, tenant.id)} look="secondary">
            {t('openTenant')}
          </AppLink>
        </div>
      </div>
    </div>
  );
}

function BeginAgain({ tenant }: { tenant: Session['managedTenant'] }) {
  const { id: workspaceId, slug } = useWorkspace();
  const go = useGo();
  const utils = trpc.useUtils();
  const { entraTenantId, name, domain } = tenant;
  const identify = trpc.onboarding.identifyTenant.useMutation({
    onSuccess: async (opened) => {
      await utils.invalidate();
      go(paths.onboarding(slug, opened.onboardingSessionId, opened.currentStep));
    },
  });
  return (
    <>
      <Failure error={identify.error} />
      <Button
        look="primary"
        busy={identify.isPending}
        onClick={() => identify.mutate({ workspaceId, entraTenantId, name, domain })}
      >
        {t('again', { name })}
      </Button>
    </>
  );
}
