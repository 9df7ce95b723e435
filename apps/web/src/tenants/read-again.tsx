import type { ManagedTenant } from '@gangway/contract/managed-tenants';
import type { OperationInfo } from '@gangway/contract/operations';
import { isBootstrapType } from '@gangway/contract/operation-types';
import { REASONS } from '@gangway/contract/reason-codes';
import { useWorkspace } from '../shell/workspace-context.js';
import { Failure } from '../states/failure.js';
import { t as bootstrap } from '../texts/bootstrap.js';
import { t } from '../texts/tenant.js';
import { trpc } from '../trpc.js';
import { announce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { StatusIcon } from '../ui/status-badge.js';
import { operatingConnection } from './operating-connection.js';

/** Every bootstrap operation stays available after the onboarding. */
export function ReadAgain({ tenant }: { tenant: ManagedTenant }) {
  const { id: workspaceId, can } = useWorkspace();
  const managedTenantId = tenant.id;
  const utils = trpc.useUtils();
  const types = trpc.operations.types.useQuery({ workspaceId, managedTenantId });
  const start = trpc.operations.start.useMutation({ onSuccess: () => utils.operations.list.invalidate() });
  const operations = (types.data?.items ?? []).filter(({ type }) => isBootstrapType(type));
  if (!can('operation:run') || operations.length === 0) return null;
  // Without a verification none can run, for one and the same reason: it is said once.
  const isUnverified = operations.every(({ reasonCode }) => reasonCode === 'operation.cannot_run');
  const operating = operatingConnection(tenant);
  return (
    <section className="stack" aria-labelledby="read-again">
      <h2 id="read-again">{t('operations')}</h2>
      {isUnverified && (
        <Notice tone="info" title={t('readLocked')}>
          {operating
            ? t(`readLocked.${operating.verification}`, { name: operating.displayName })
            : t('connectionsEmptyBody')}
        </Notice>
      )}
      <Failure error={start.error} />
      <ul className="card list">
        {operations.map((operation) => (
          <li key={operation.type} className="row apart">
            <div className="grow">
              <h3>{operation.title}</h3>
              <p className="soft small">{operation.description}</p>
              {operation.canRun === false && !isUnverified && <WhyLocked operation={operation} />}
            </div>
            {operation.canRun && (
              <Button
                small
                aria-label={`${t('read')}: ${operation.title}`}
                busy={start.isPending && start.variables.operationType === operation.type}
                onClick={() => {
                  start.mutate({ workspaceId, managedTenantId, operationType: operation.type });
                  announce(t('readStarted', { title: operation.title }));
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

function WhyLocked({ operation: { reasonCode } }: { operation: OperationInfo }) {
  return (
    <div className="row top small">
      <StatusIcon tone="locked" size={16} />
      <p className="grow">
        <strong>{bootstrap('locked')}.</strong>{' '}
        {reasonCode ? `${REASONS[reasonCode].title}. ${REASONS[reasonCode].remedy}` : t('readUnknown')}
      </p>
    </div>
  );
}
