import type { Snapshot } from '@gangway/contract/managed-tenants';
import type { ReactNode } from 'react';
import { t } from '../../texts/snapshot.js';
import { snapshotOf } from './snapshot-of.js';

/** The rows behind the numbers, folded away. */
export function SnapshotLists({ snapshots }: { snapshots: readonly Snapshot[] }) {
  const domains = snapshotOf(snapshots, 'inventory.domains');
  const roles = snapshotOf(snapshots, 'inventory.directory_roles');
  const access = snapshotOf(snapshots, 'posture.conditional_access');
  return (
    <div className="stack">
      {domains && (
        <FoldedTable title={t('domains')} columns={[t('name'), t('isVerified'), t('default')]}>
          {domains.domains.map(({ name, isVerified, isDefault }) => (
            <Row key={name} cells={[name, t(isVerified ? 'yes' : 'no'), t(isDefault ? 'yes' : 'no')]} />
          ))}
        </FoldedTable>
      )}
      {roles && (
        <FoldedTable title={t('admins')} columns={[t('name'), t('account')]}>
          {roles.globalAdministrators.map(({ displayName, userPrincipalName }, index) => (
            <Row key={userPrincipalName ?? index} cells={[displayName, userPrincipalName ?? '']} />
          ))}
        </FoldedTable>
      )}
      {access && (
        <FoldedTable title={t('policies')} columns={[t('name'), t('state')]}>
          {access.policies.map(({ displayName, state }, index) => (
            <Row key={`${displayName}${index}`} cells={[displayName, state]} />
          ))}
        </FoldedTable>
      )}
    </div>
  );
}

function FoldedTable({
  title,
  columns,
  children,
}: {
  title: string;
  columns: readonly string[];
  children: ReactNode;
}) {
  return (
    <details className="card">
      <summary className="plain">{title}</summary>
      <div className="table-wrap">
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
    </details>
  );
}

function Row({ cells }: { cells: readonly [string, ...string[]] }) {
  const [head, ...rest] = cells;
  return (
    <tr>
      <th scope="row">{head}</th>
      {rest.map((cell, index) => (
        <td key={index}>{cell}</td>
      ))}
    </tr>
  );
}
