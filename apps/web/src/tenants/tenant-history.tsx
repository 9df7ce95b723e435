import { AuditTable } from '../audit/audit-table.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { Empty } from '../states/empty.js';
import { Loaded } from '../states/loaded.js';
import { t } from '../texts/tenant.js';
import { trpc } from '../trpc.js';

/** Who did what to this tenant. */
export function TenantHistory({ managedTenantId }: { managedTenantId: string }) {
  const { id: workspaceId } = useWorkspace();
  const query = trpc.audit.list.useQuery({ workspaceId, managedTenantId, limit: 20 });
  return (
    <section className="stack" aria-labelledby="history">
      <h2 id="history">{t('history')}</h2>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('historyEmpty')} />
          ) : (
            <AuditTable events={items} caption={t('history')} isOfTenant />
          )
        }
      </Loaded>
    </section>
  );
}
