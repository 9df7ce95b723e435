/**
 * Which application permissions are enough for each read of ours, from Microsoft Graph's own machine-readable table:
 * microsoftgraph/microsoft-graph-devx-content, permissions/new/permissions.json, commit 6cbd6bbd of 2026-08-07 (`GET`,
 * scheme `Application`). Left out is what returns less than we select, such as User.ReadBasic.All.
 */
const DIRECTORY = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const APPLICATION = ['Application.Read.All', 'Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy'];
const INTUNE = ['DeviceManagementConfiguration.Read.All', 'DeviceManagementConfiguration.ReadWrite.All'];
const ORGANIZATION = ['Organization.Read.All', 'Organization.ReadWrite.All'];
const ROLES = ['RoleManagement.Read.Directory', 'RoleManagement.ReadWrite.Directory'];

export const ENOUGH_FOR = {
  '/organization': [
    ...ORGANIZATION,
    'User.Read.All',
    'DeviceManagementServiceConfig.Read.All',
    ...INTUNE,
    ...DIRECTORY,
  ],
  '/subscribedSkus': ['LicenseAssignment.Read.All', ...ORGANIZATION, ...DIRECTORY],
  '/users': ['User.Read.All', 'User.ReadWrite.All', ...DIRECTORY],
  // Directory.ReadWrite.All is not in Microsoft's list for this one.
  '/domains': ['Domain.Read.All', 'Domain.ReadWrite.All', 'Directory.Read.All'],
  '/directoryRoles': [...ROLES, ...DIRECTORY],
  '/servicePrincipals/{id}/appRoleAssignments': [...APPLICATION, ...DIRECTORY],
  '/identity/conditionalAccess/policies': ['Policy.Read.All'],
  '/policies/identitySecurityDefaultsEnforcementPolicy': ['Policy.Read.All'],
  '/deviceManagement/deviceConfigurations': INTUNE,
} as const satisfies Record<string, readonly string[]>;
export type GraphRead = keyof typeof ENOUGH_FOR;
