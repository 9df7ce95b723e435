import type { GraphPermission } from '@gangway/contract/graph-permissions';
import { ENOUGH_FOR, type GraphRead } from '../microsoft/permission-table.js';

/** What each permission is asked for. */
const READS_OF: Partial<Record<GraphPermission, readonly GraphRead[]>> = {
  'Organization.Read.All': ['/organization', '/subscribedSkus'],
  'User.Read.All': ['/users'],
  'Domain.Read.All': ['/domains'],
  'RoleManagement.Read.Directory': ['/directoryRoles', '/directoryRoles/{id}/members'],
  'Policy.Read.All': [
    '/identity/conditionalAccess/policies',
    '/policies/identitySecurityDefaultsEnforcementPolicy',
  ],
  'Application.Read.All': ['/servicePrincipals/{id}/appRoleAssignments'],
  'DeviceManagementConfiguration.Read.All': [
    '/deviceManagement/deviceConfigurations',
    '/deviceManagement/deviceCompliancePolicies',
  ],
};

/** Whether the roles that are held, together, are enough for every read that `needed` is asked for. */
export function covers(held: readonly string[], needed: GraphPermission): boolean {
  if (held.includes(needed)) return true;
  const reads = READS_OF[needed] ?? [];
  return (
    reads.length > 0 && reads.every((read) => ENOUGH_FOR[read].enough.some((role) => held.includes(role)))
  );
}
