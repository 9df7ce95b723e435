import type { Connection } from '@gangway/contract/connections';
import { REASONS } from '@gangway/contract/reason-codes';
import { useWorkspace } from '../shell/workspace-context.js';
import { t } from '../texts/tenant.js';
import { trpc } from '../trpc.js';
import { useConsentAction } from '../wizard/consent/use-consent-action.js';

interface Props {
  readonly connection: Connection;
  readonly tenantName: string;
}

/** Asking for consent where the last check of a connection failed for want of it; nothing else. */
export function ConnectionConsent({ connection, tenantName }: Props) {
  const { id: workspaceId } = useWorkspace();
  const operationRunId = connection.verification === 'failed' ? connection.checkedRunId : null;
  const { data: run } = trpc.operations.get.useQuery(
    { workspaceId, operationRunId: operationRunId ?? '' },
    { enabled: operationRunId !== null },
  );
  const from = { providerConnectionId: connection.id };
  const { action, section } = useConsentAction(
    { from, tenantName, heading: 'h4' },
    operationRunId === null ? undefined : run,
  );
  if (!action && !section) return null;
  return (
    <>
      {run?.reasonCode && <p>{t('lastFailed', { reason: REASONS[run.reasonCode].title })}</p>}
      {action && <div className="row">{action}</div>}
      {section}
    </>
  );
}
