import type { Snapshot } from '@gangway/contract/managed-tenants';
import { t } from '../../texts/snapshot.js';
import { snapshotOf } from './snapshot-of.js';
import { toNumber } from './to-number.js';

/** The one figure of a snapshot: "1,234 users". */
export function toHeadline(snapshot: Snapshot): string {
  const only = [snapshot];
  const counted = (count: number | undefined) => ({ count: count ?? 0, shown: toNumber(count ?? 0) });
  switch (snapshot.type) {
    case 'inventory.organization':
      return snapshotOf(only, snapshot.type)?.displayName ?? '';
    case 'inventory.domains':
      return t('headline.domains', counted(snapshotOf(only, snapshot.type)?.total));
    case 'inventory.licenses':
      return t('headline.licences', counted(snapshotOf(only, snapshot.type)?.total));
    case 'inventory.users':
      return t('headline.users', counted(snapshotOf(only, snapshot.type)?.total));
    case 'inventory.directory_roles':
      return t('headline.admins', counted(snapshotOf(only, snapshot.type)?.globalAdministratorCount));
    case 'posture.security_defaults':
      return t(snapshotOf(only, snapshot.type)?.isEnabled ? 'headline.defaultsOn' : 'headline.defaultsOff');
    case 'posture.conditional_access':
    case 'intune.compliance_policies':
    case 'intune.device_configurations':
      return t('headline.policies', counted(snapshotOf(only, snapshot.type)?.total));
  }
}
