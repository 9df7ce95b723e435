import type { Snapshot } from '@gangway/contract/managed-tenants';
import { t } from '../../texts/snapshot.js';
import { snapshotOf } from './snapshot-of.js';
import { toNumber } from './to-number.js';

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
      value: toNumber(users.total),
      note: t('ofUsers', {
        members: toNumber(users.members),
        guests: toNumber(users.guests),
        disabled: toNumber(users.disabled),
      }),
    },
    domains && {
      label: t('domains'),
      value: toNumber(domains.total),
      note: t('verified', { count: domains.verified }),
    },
    licences && { label: t('licences'), value: toNumber(licences.total) },
    roles && { label: t('admins'), value: toNumber(roles.globalAdministratorCount) },
    access && {
      label: t('policies'),
      value: toNumber(access.total),
      note: t('policiesEnabled', { count: access.enabled }),
    },
    defaults && { label: t('securityDefaults'), value: t(defaults.isEnabled ? 'on' : 'off') },
    compliance && { label: t('compliance'), value: toNumber(compliance.total) },
    configurations && { label: t('configurations'), value: toNumber(configurations.total) },
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
