import type { ManagedTenant } from '@gangway/contract/managed-tenants';
import { isLive } from '../live/is-live.js';
import { useLiveRun } from '../live/use-live-run.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loaded } from '../states/loaded.js';
import { Reconnecting } from '../states/reconnecting.js';
import { t } from '../texts/tenant.js';
import { trpc } from '../trpc.js';
import { announce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';
import { useKeptFocus } from '../ui/use-kept-focus.js';
import { CheckList } from '../wizard/verify/check-list.js';
import { Diagnostics } from '../wizard/verify/diagnostics.js';
import { PermissionTable } from '../wizard/verify/permission-table.js';
import { useAnnouncedRun } from '../wizard/verify/use-announced-run.js';
import { VerificationStatus } from '../wizard/verify/verification-status.js';
import { operatingConnection } from './operating-connection.js';

/** How many checks of all connections are looked through. */
const RECENT = 20;

/** The newest verification of the connection that the tenant is read with, and the button for the next one. */
export function LatestCheck({ tenant }: { tenant: ManagedTenant }) {
  const { id: workspaceId, can } = useWorkspace();
  const utils = trpc.useUtils();
  const kept = useKeptFocus<HTMLDivElement>();
  const list = trpc.operations.list.useQuery({
    workspaceId,
    managedTenantId: tenant.id,
    type: 'provider.connection.check',
    limit: RECENT,
  });
  const start = trpc.operations.start.useMutation({
    onSuccess: async () => {
      announce(t('started'));
      await utils.operations.list.invalidate();
    },
  });
  const operating = operatingConnection(tenant);
  // A check of another connection says nothing about what is read here; where the newest is long ago, its id is known.
  const run = list.data?.items.find(({ providerConnectionId }) => providerConnectionId === operating?.id);
  const runId = run?.id ?? operating?.checkedRunId;
  const canStart = can('operation:run') && tenant.connections.length > 0 && !isLive(run);
  const button = canStart && (
    <Button
      busy={start.isPending}
      onClick={() =>
        start.mutate({ workspaceId, managedTenantId: tenant.id, operationType: 'provider.connection.check' })
      }
    >
      {t('verify')}
    </Button>
  );
  return (
    <section className="stack" aria-labelledby="checks">
      <div className="row apart" {...kept}>
        <h2 id="checks" tabIndex={-1}>
          {t('checks')}
        </h2>
        {runId && button}
      </div>
      <Failure error={start.error} />
      {list.data && !runId && (
        <Empty title={t('checksEmpty')} action={button}>
          {t('checksEmptyBody')}
        </Empty>
      )}
      {list.data && runId && <CheckOfTenant key={runId} runId={runId} tenant={tenant} />}
    </section>
  );
}

function CheckOfTenant({ runId, tenant }: { runId: string; tenant: ManagedTenant }) {
  const { id: workspaceId } = useWorkspace();
  const utils = trpc.useUtils();
  const { query, isStreamLost } = useLiveRun(workspaceId, runId, () => {
    void utils.managedTenants.get.invalidate();
    void utils.operations.list.invalidate();
    void utils.operations.types.invalidate();
  });
  useAnnouncedRun(query.data);
  return (
    <Loaded query={query}>
      {(run) => {
        const connection = tenant.connections.find(({ id }) => id === run.providerConnectionId) ?? null;
        return (
          <>
            <VerificationStatus run={run} isStale={connection?.verification === 'stale'} actions={null} />
            {isStreamLost && <Reconnecting updatedAt={query.dataUpdatedAt} />}
            <details open={run.status !== 'succeeded'}>
              <summary className="plain">{t('allChecks')}</summary>
              <div className="stack">
                <CheckList checks={run.checks ?? []} target={connection} />
                {run.permissions && run.permissions.length > 0 && (
                  <PermissionTable permissions={run.permissions} />
                )}
              </div>
            </details>
            <div className="row">
              <Diagnostics run={run} />
            </div>
          </>
        );
      }}
    </Loaded>
  );
}
