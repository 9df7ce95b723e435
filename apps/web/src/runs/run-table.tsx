import type { ListedRun } from '@gangway/contract/operations';
import { paths } from '../paths.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { TenantLink } from '../tenants/tenant-link.js';
import { t } from '../texts/runs.js';
import { Ago, toDuration } from '../time/when.js';
import { AppLink } from '../ui/app-link.js';
import { DataTable, type Column } from '../ui/data-table.js';
import { StatusBadge } from '../ui/status-badge.js';
import { OPERATION_TITLES } from './operation-titles.js';
import { toRunState } from './run-state.js';

const RUN: Column<ListedRun> = {
  label: t('type'),
  isHeader: true,
  cell: (run) => <RunLink run={run} />,
};
const TENANT: Column<ListedRun> = {
  label: t('tenant'),
  cell: ({ managedTenantId: id, managedTenantName: name }) =>
    id && name && <TenantLink id={id} name={name} />,
};
const REST: readonly Column<ListedRun>[] = [
  { label: t('status'), cell: (run) => <RunStatus run={run} /> },
  { label: t('started'), cell: ({ createdAt }) => <Ago at={createdAt} /> },
  { label: t('lasted'), cell: toLasted },
  { label: t('startedBy'), cell: ({ startedBy }) => startedBy },
];

interface Props {
  readonly runs: readonly ListedRun[];
  readonly caption: string;
  /** All of them are about the tenant whose page this is. */
  readonly isOfTenant?: boolean;
}

export function RunTable({ runs, caption, isOfTenant = false }: Props) {
  return (
    <div className="card">
      <DataTable
        caption={caption}
        columns={isOfTenant ? [RUN, ...REST] : [RUN, TENANT, ...REST]}
        rows={runs}
        keyOf={({ id }) => id}
      />
    </div>
  );
}

function RunLink({ run }: { run: ListedRun }) {
  const { slug } = useWorkspace();
  return <AppLink href={paths.run(slug, run.id)}>{OPERATION_TITLES[run.type]}</AppLink>;
}

function RunStatus({ run }: { run: ListedRun }) {
  const { tone, label } = toRunState(run);
  return <StatusBadge tone={tone}>{label}</StatusBadge>;
}

function toLasted({ startedAt, finishedAt }: ListedRun): string {
  return startedAt && finishedAt ? toDuration(Date.parse(finishedAt) - Date.parse(startedAt)) : '';
}
