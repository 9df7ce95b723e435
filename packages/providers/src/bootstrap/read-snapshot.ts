import { BOOTSTRAP_PERMISSION } from '@gangway/contract/graph-permissions';
import type { BootstrapType } from '@gangway/contract/operation-types';
import type { SnapshotData } from '@gangway/contract/snapshots';
import { awaitPropagation } from '../checks/await-propagation.js';
import { explainRefusal } from '../checks/explain-refusal.js';
import type { GraphSession } from '../microsoft/graph-session.js';
import type { OnProgress } from '../port.js';
import { readConditionalAccess } from './conditional-access.js';
import { readDirectoryRoles } from './directory-roles.js';
import { readDomains } from './domains.js';
import { readIntunePolicies } from './intune-policies.js';
import { readLicenses } from './licenses.js';
import { readOrganization } from './organization.js';
import { readSecurityDefaults } from './security-defaults.js';
import { readUsers } from './users.js';

type Readers = {
  [T in BootstrapType]: (session: GraphSession, onProgress: OnProgress) => Promise<SnapshotData[T]>;
};

/** One read per bootstrap operation. */
const READERS: Readers = {
  'inventory.organization': readOrganization,
  'inventory.domains': readDomains,
  'inventory.licenses': readLicenses,
  'inventory.users': readUsers,
  'inventory.directory_roles': readDirectoryRoles,
  'posture.conditional_access': readConditionalAccess,
  'posture.security_defaults': readSecurityDefaults,
  'intune.compliance_policies': (session) => readIntunePolicies(session, 'deviceCompliancePolicies'),
  'intune.device_configurations': (session) => readIntunePolicies(session, 'deviceConfigurations'),
};

/** @see MicrosoftProvider.read */
export async function readSnapshot<T extends BootstrapType>(
  type: T,
  session: GraphSession,
  onProgress: OnProgress,
): Promise<SnapshotData[T]> {
  try {
    return await READERS[type](session, onProgress);
  } catch (error) {
    const known = { grants: null, tokenRoles: null };
    throw awaitPropagation(session, explainRefusal(session, known, BOOTSTRAP_PERMISSION[type], error));
  }
}
