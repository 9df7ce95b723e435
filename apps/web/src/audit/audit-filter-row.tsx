import { paths } from '../paths.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { useTenantOptions } from '../tenants/use-tenant-options.js';
import { DONE_ACTIONS, named } from '../texts/audit-actions.js';
import { t } from '../texts/audit.js';
import { trpc } from '../trpc.js';
import { AppLink } from '../ui/app-link.js';
import { FilterSelect } from '../ui/filter-select.js';
import { useGo } from '../ui/use-go.js';
import { OUTCOMES, type AuditFilters, toAuditFilters } from './audit-filters.js';

const ACTIONS = DONE_ACTIONS.map((value) => ({ value, label: named(value) }));

/** By whom, what, with which outcome, about which tenant. The filters live in the address. */
export function AuditFilterRow({ filters }: { filters: AuditFilters }) {
  const { id: workspaceId, slug } = useWorkspace();
  const go = useGo();
  const members = trpc.members.list.useQuery({ workspaceId, limit: 100 });
  const tenants = useTenantOptions(filters.tenant);
  const emails = new Set(
    (members.data?.items ?? []).filter(({ userId }) => userId).map(({ email }) => email),
  );
  if (filters.actor) emails.add(filters.actor);
  const show = (change: Record<string, string>) =>
    go(paths.audit(slug, toAuditFilters({ ...filters, ...change })), { replace: true });
  return (
    <div className="row">
      <FilterSelect
        label={t('who')}
        allLabel={t('all')}
        value={filters.actor ?? ''}
        options={[...emails].map((value) => ({ value, label: value }))}
        onChange={(actor) => show({ actor })}
      />
      <FilterSelect
        label={t('action')}
        allLabel={t('all')}
        value={filters.action ?? ''}
        options={ACTIONS}
        onChange={(action) => show({ action })}
      />
      <FilterSelect
        label={t('tenant')}
        allLabel={t('all')}
        value={filters.tenant ?? ''}
        options={tenants}
        onChange={(tenant) => show({ tenant })}
      />
      <FilterSelect
        label={t('outcome')}
        allLabel={t('all')}
        value={filters.outcome ?? ''}
        options={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))}
        onChange={(outcome) => show({ outcome })}
      />
      {Object.values(filters).some(Boolean) && (
        <AppLink href={paths.audit(slug)} look="quiet" small>
          {t('clear')}
        </AppLink>
      )}
    </div>
  );
}
