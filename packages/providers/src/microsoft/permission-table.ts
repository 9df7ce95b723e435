// Written by scripts/graph-permissions.mjs: do not edit.

/** What it was made from: permissions/new/permissions.json of this repository, as it was then. */
export const PERMISSION_SOURCE = {
  repository: 'microsoftgraph/microsoft-graph-devx-content',
  commit: '6cbd6bbd',
  date: '2026-08-07',
} as const;

/**
 * Which application permissions are enough for each read of ours, each by itself. The first `least` of them are those
 * that Microsoft marks as least privileged.
 */
export const ENOUGH_FOR = {
  '/organization': {
    least: 1,
    enough: [
      'DeviceManagementServiceConfig.Read.All',
      'DeviceManagementConfiguration.Read.All',
      'DeviceManagementConfiguration.ReadWrite.All',
      'Directory.Read.All',
      'Directory.ReadWrite.All',
      'Organization.Read.All',
      'Organization.ReadWrite.All',
      'User.Read.All',
    ],
  },
  '/subscribedSkus': {
    least: 1,
    enough: [
      'LicenseAssignment.Read.All',
      'Directory.Read.All',
      'Directory.ReadWrite.All',
      'Organization.Read.All',
      'Organization.ReadWrite.All',
    ],
  },
  '/users': {
    least: 0,
    enough: ['Directory.Read.All', 'Directory.ReadWrite.All', 'User.Read.All', 'User.ReadWrite.All'],
  },
  '/domains': { least: 2, enough: ['Domain.Read.All', 'Domain.ReadWrite.All', 'Directory.Read.All'] },
  '/directoryRoles': {
    least: 1,
    enough: [
      'RoleManagement.Read.Directory',
      'Directory.Read.All',
      'Directory.ReadWrite.All',
      'RoleManagement.ReadWrite.Directory',
    ],
  },
  '/directoryRoles/{id}/members': {
    least: 1,
    enough: [
      'RoleManagement.Read.Directory',
      'Directory.Read.All',
      'Directory.ReadWrite.All',
      'RoleManagement.ReadWrite.Directory',
    ],
  },
  '/applications': {
    least: 1,
    enough: [
      'Application.ReadWrite.OwnedBy',
      'Application.Read.All',
      'Application.ReadWrite.All',
      'Directory.Read.All',
      'Directory.ReadWrite.All',
    ],
  },
  '/servicePrincipals/{id}/appRoleAssignments': {
    least: 1,
    enough: [
      'Application.Read.All',
      'Application.ReadWrite.All',
      'Application.ReadWrite.OwnedBy',
      'Directory.Read.All',
      'Directory.ReadWrite.All',
    ],
  },
  '/oauth2PermissionGrants': {
    least: 1,
    enough: ['Directory.Read.All', 'DelegatedPermissionGrant.ReadWrite.All', 'Directory.ReadWrite.All'],
  },
  '/identity/conditionalAccess/policies': { least: 1, enough: ['Policy.Read.All'] },
  '/policies/identitySecurityDefaultsEnforcementPolicy': { least: 1, enough: ['Policy.Read.All'] },
  '/deviceManagement/deviceConfigurations': {
    least: 1,
    enough: ['DeviceManagementConfiguration.Read.All', 'DeviceManagementConfiguration.ReadWrite.All'],
  },
  '/deviceManagement/deviceCompliancePolicies': {
    least: 1,
    enough: ['DeviceManagementConfiguration.Read.All', 'DeviceManagementConfiguration.ReadWrite.All'],
  },
} as const;
export type GraphRead = keyof typeof ENOUGH_FOR;

/** Ids of application roles of Microsoft Graph, by name. */
export const ROLE_IDS = {
  'Application.Read.All': '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30',
  'Application.ReadWrite.All': '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9',
  'Application.ReadWrite.OwnedBy': '18a4783c-866b-4cc7-a460-3d5e5662c884',
  'DeviceManagementConfiguration.Read.All': 'dc377aa6-52d8-4e23-b271-2a7ae04cedf3',
  'DeviceManagementConfiguration.ReadWrite.All': '9241abd9-d0e6-425a-bd4f-47ba86e767a4',
  'Directory.Read.All': '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
  'Directory.ReadWrite.All': '19dbc75e-c2e2-444c-a770-ec69d8559fc7',
  'Domain.Read.All': 'dbb9058a-0e50-45d7-ae91-66909b5d4664',
  'Domain.ReadWrite.All': '7e05723c-0bb0-42da-be95-ae9f08a6e53c',
  'LicenseAssignment.Read.All': 'e2f98668-2877-4f38-a2f4-8202e0717aa1',
  'Organization.Read.All': '498476ce-e0fe-48b0-b801-37ba7e2685c6',
  'Organization.ReadWrite.All': '292d869f-3427-49a8-9dab-8c70152b74e9',
  'Policy.Read.All': '246dd0d5-5bd0-4def-940b-0421030a5b68',
  'RoleManagement.Read.Directory': '483bed4a-2ad3-4361-a73b-c83ccdbdc53c',
  'RoleManagement.ReadWrite.Directory': '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8',
  'User.Read.All': 'df021288-bdef-4463-88db-98f22de89214',
  'User.ReadWrite.All': '741f803b-c850-494e-b5df-cde7c675a1ca',
} as const;
