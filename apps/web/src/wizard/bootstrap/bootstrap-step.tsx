import { isBootstrapType } from '@gangway/contract/operation-types';
import type { Session } from '@gangway/contract/onboarding';
import { isLive } from '../../live/is-live.js';
import { paths } from '../../paths.js';
import { useWorkspace } from '../../shell/workspace-context.js';
import { CapabilityNotice } from '../../states/capability-notice.js';
import { Failure } from '../../states/failure.js';
import { Loaded } from '../../states/loaded.js';
import { t } from '../../texts/bootstrap.js';
import { trpc } from '../../trpc.js';
import { Button } from '../../ui/button.js';
import { useGo } from '../../ui/use-go.js';
import { StepHeading } from '../step-heading.js';
import { OperationPicker } from './operation-picker.js';
import { useAnnouncedRuns } from './use-announced-runs.js';

/** The registry as cards; everything on it can be skipped. */
export default function BootstrapStep({ session }: { session: Session }) {
  const { id: workspaceId, slug, can } = useWorkspace();
  const go = useGo();
  const utils = trpc.useUtils();
  const { managedTenant, connection } = session;
  const types = trpc.operations.types.useQuery({ workspaceId, managedTenantId: managedTenant.id });
  const complete = trpc.onboarding.complete.useMutation({
    onSuccess: async () => {
      await Promise.all([utils.onboarding.invalidate(), utils.managedTenants.invalidate()]);
      go(paths.onboarding(slug, session.id, 'complete'));
    },
  });
  const finish = () => complete.mutate({ workspaceId, onboardingSessionId: session.id });
  useAnnouncedRuns(session.bootstrap);
  const hasRuns = session.bootstrap.length > 0;
  const isEnded = hasRuns && !session.bootstrap.some(isLive);
  return (
    <>
      <StepHeading step="bootstrap" tenantName={managedTenant.name} cloud={connection?.cloud}>
        {t(isEnded ? 'titleEnded' : 'title')}
      </StepHeading>
      <p className="soft">{t(isEnded ? 'leadEnded' : 'lead')}</p>
      {!can('onboarding:run') && <CapabilityNotice capability="onboarding:run" />}
      <Loaded query={types}>
        {({ items }) => (
          <OperationPicker session={session} operations={items.filter(({ type }) => isBootstrapType(type))} />
        )}
      </Loaded>
      <Failure error={complete.error} onRetry={finish} />
      {can('onboarding:run') && (
        <div className="actions">
          <Button look={hasRuns ? 'primary' : 'secondary'} busy={complete.isPending} onClick={finish}>
            {t(hasRuns ? 'finish' : 'skip')}
          </Button>
        </div>
      )}
    </>
  );
}
