import type { Snapshot } from '@gangway/contract/managed-tenants';
import { t } from '../../texts/snapshot.js';
import { snapshotOf } from './snapshot-of.js';

const number = new Intl.NumberFormat('en-GB');

interface Figure {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
}

function toFigures(snapshots: readonly Snapshot[]): Figure[] {
  const users = snapshotOf(snapshots, 'inventory.users');
  const domains = snapshotOf(snapshots, 'inventory.domains');
  const roles = snapshotOf(snapshots, 'inventory.directory_roles');
  const access = snapshotOf(snapshots, 'posture.conditional_access');
  const licences = snapshotOf(snapshots, 'inventory.licenses');
  const defaults = snapshotOf(snapshots, 'posture.security_defaults');
  const compliance = snapshotOf(snapshots, 'intune.compliance_policies');
  const configurations = snapshotOf(snapshots, 'intune.device_configurations');
  const figures: (Figure | null)[] = [
    users && {
      label: t('users'),
      value: number.format(users.total),
      note: t('ofUsers', {
        members: number.format(users.members),
        guests: number.format(users.guests),
        disabled: number.format(users.disabled),
      }),
    },
    domains && {
      label: t('domains'),
      value: number.format(domains.total),
      note: t('verified', { count: domains.verified }),
    },
    licences && { label: t('licences'), value: number.format(licences.total) },
    roles && { label: t('admins'), value: number.format(roles.globalAdministratorCount) },
    access && {
      label: t('policies'),
      value: number.format(access.total),
      note: t('policiesEnabled', { count: access.enabled }),
    },
    defaults && { label: t('securityDefaults'), value: t(defaults.isEnabled ? 'on' : 'off') },
    compliance && { label: t('compliance'), value: number.format(compliance.total) },
    configurations && { label: t('configurations'), value: number.format(configurations.total) },
  ];
  return figures.filter((figure) => figure !== null);
}

export function SnapshotNumbers({ snapshots }: { snapshots: readonly Snapshot[] }) {
  return (
    <dl className="figures">
      {toFigures(snapshots).map(({ label, value, note }) => (
        <div key={label} className="figure">
          <dt>{label}</dt>
          <dd className="figure-value">{value}</dd>
          {note && <dd className="soft small">{note}</dd>}
        </div>
      ))}
    </dl>
  );
}
