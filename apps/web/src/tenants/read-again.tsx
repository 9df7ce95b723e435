import { isBootstrapType } from '@gangway/contract/operation-types';
import { REASONS } from '@gangway/contract/reason-codes';
import { useWorkspace } from '../shell/workspace-context.js';
import { Failure } from '../states/failure.js';
import { t as bootstrap } from '../texts/bootstrap.js';
import { t } from '../texts/tenant.js';
import { trpc } from '../trpc.js';
import { StatusIcon } from '../ui/status-badge.js';
import { announce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';

/** Every bootstrap operation stays available after the onboarding. */
export function ReadAgain({ managedTenantId }: { managedTenantId: string }) {
  const { id: workspaceId, can } = useWorkspace();
  const utils = trpc.useUtils();
  const types = trpc.operations.types.useQuery({ workspaceId, managedTenantId });
  const start = trpc.operations.start.useMutation({ onSuccess: () => utils.operations.list.invalidate() });
  const operations = (types.data?.items ?? []).filter(({ type }) => isBootstrapType(type));
  if (!can('operation:run') || operations.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="read-again">
      <h2 id="read-again">{t('operations')}</h2>
      <Failure error={start.error} />
      <ul className="card list">
        {operations.map(({ type, title, description, canRun, reasonCode }) => (
          <li key={type} className="row apart">
            <div className="grow">
              <h3>{title}</h3>
              <p className="soft small">{description}</p>
              {canRun === false && (
                <div className="row top small">
                  <StatusIcon tone="locked" size={16} />
                  <p className="grow">
                    <strong>{bootstrap('locked')}.</strong>{' '}
                    {reasonCode
                      ? `${REASONS[reasonCode].title}. ${REASONS[reasonCode].remedy}`
                      : t('readUnknown')}
                  </p>
                </div>
              )}
            </div>
            {canRun && (
              <Button
                small
                aria-label={`${t('read')}: ${title}`}
                busy={start.isPending && start.variables.operationType === type}
                onClick={() => {
                  start.mutate({ workspaceId, managedTenantId, operationType: type });
                  announce(t('readStarted', { title }));
                }}
              >
                {t('read')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
