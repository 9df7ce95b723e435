import type { Snapshot } from '@gangway/contract/managed-tenants';
import type { SnapshotData } from '@gangway/contract/snapshots';
import { t } from '../../texts/snapshot.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { snapshotOf } from './snapshot-of.js';

type Domain = SnapshotData['inventory.domains']['domains'][number];
type Admin = SnapshotData['inventory.directory_roles']['globalAdministrators'][number];
type Policy = SnapshotData['posture.conditional_access']['policies'][number];

const DOMAINS: readonly Column<Domain>[] = [
  { label: t('name'), isHeader: true, cell: ({ name }) => name },
  { label: t('isVerified'), cell: ({ isVerified }) => t(isVerified ? 'yes' : 'no') },
  { label: t('default'), cell: ({ isDefault }) => t(isDefault ? 'yes' : 'no') },
];
const ADMINS: readonly Column<Admin>[] = [
  { label: t('name'), isHeader: true, cell: ({ displayName }) => displayName },
  { label: t('account'), cell: ({ userPrincipalName }) => userPrincipalName },
];
const POLICIES: readonly Column<Policy>[] = [
  { label: t('name'), isHeader: true, cell: ({ displayName }) => displayName },
  { label: t('state'), cell: ({ state }) => state },
];

/** The rows behind the numbers, folded away. */
export function SnapshotLists({ snapshots }: { snapshots: readonly Snapshot[] }) {
  const domains = snapshotOf(snapshots, 'inventory.domains')?.domains;
  const admins = snapshotOf(snapshots, 'inventory.directory_roles')?.globalAdministrators;
  const policies = snapshotOf(snapshots, 'posture.conditional_access')?.policies;
  return (
    <div className="stack">
      {domains && <FoldedTable title={t('domains')} columns={DOMAINS} rows={domains} />}
      {admins && <FoldedTable title={t('admins')} columns={ADMINS} rows={admins} />}
      {policies && <FoldedTable title={t('policies')} columns={POLICIES} rows={policies} />}
    </div>
  );
}

interface Props<Row> {
  readonly title: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
}

function FoldedTable<Row>({ title, columns, rows }: Props<Row>) {
  return (
    <details className="card">
      <summary className="plain">{title}</summary>
      <DataTable caption={title} columns={columns} rows={rows} keyOf={(_, index) => String(index)} />
    </details>
  );
}
