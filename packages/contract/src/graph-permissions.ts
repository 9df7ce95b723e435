import type { BootstrapType } from './operation-types.js';

/** Application roles of Microsoft Graph that Gangway asks for, with their ids (Microsoft Graph permissions reference). */
export const GRAPH_PERMISSIONS = {
  'Organization.Read.All': {
    id: '498476ce-e0fe-48b0-b801-37ba7e2685c6',
    reads: 'Name, verified domains and licences of the tenant',
    why: 'Proves that the connection reaches the tenant you identified, and shows how many licences are used.',
  },
  'User.Read.All': {
    id: 'df021288-bdef-4463-88db-98f22de89214',
    reads: 'All user accounts, without passwords',
    why: 'Counts members, guests and disabled accounts.',
  },
  'Domain.Read.All': {
    id: 'dbb9058a-0e50-45d7-ae91-66909b5d4664',
    reads: 'The domains of the tenant',
    why: 'Lists domains and whether each is verified.',
  },
  'RoleManagement.Read.Directory': {
    id: '483bed4a-2ad3-4361-a73b-c83ccdbdc53c',
    reads: 'Directory roles and who holds them',
    why: 'Shows who the global administrators are.',
  },
  'Policy.Read.All': {
    id: '246dd0d5-5bd0-4def-940b-0421030a5b68',
    reads: 'Security policies of the tenant',
    why: 'Reads conditional access and security defaults.',
  },
  'LicenseAssignment.Read.All': {
    id: 'e2f98668-2877-4f38-a2f4-8202e0717aa1',
    reads: 'The licences of the tenant',
    why: 'Not asked for; Organization.Read.All reads the licences too.',
  },
  'Application.Read.All': {
    id: '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30',
    reads: 'App registrations and enterprise applications',
    why: 'Reads which permissions were granted and when the credential expires.',
  },
  'DeviceManagementConfiguration.Read.All': {
    id: 'dc377aa6-52d8-4e23-b271-2a7ae04cedf3',
    reads: 'Intune configuration',
    why: 'Reads compliance policies and device configurations.',
  },
  'Directory.Read.All': {
    id: '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
    reads: 'Everything in the directory',
    why: 'Not asked for; recognised as a superset of several permissions above.',
  },
} as const;
export type GraphPermission = keyof typeof GRAPH_PERMISSIONS;

/** Microsoft Graph's own application id, the resource every role above belongs to. */
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

/** What a verification needs; without these a connection is not verified. */
export const REQUIRED_PERMISSIONS = [
  'Organization.Read.All',
  'User.Read.All',
  'Domain.Read.All',
  'RoleManagement.Read.Directory',
  'Policy.Read.All',
  'Application.Read.All',
] as const satisfies readonly GraphPermission[];

/** What single bootstrap operations need beyond {@link REQUIRED_PERMISSIONS}; missing ones only lock those. */
export const OPTIONAL_PERMISSIONS = [
  'DeviceManagementConfiguration.Read.All',
] as const satisfies readonly GraphPermission[];

/** The permission we ask for, per bootstrap operation; what else is enough stands in the provider's permission table. */
export const BOOTSTRAP_PERMISSION: Record<BootstrapType, GraphPermission> = {
  'inventory.organization': 'Organization.Read.All',
  'inventory.domains': 'Domain.Read.All',
  'inventory.licenses': 'Organization.Read.All',
  'inventory.users': 'User.Read.All',
  'inventory.directory_roles': 'RoleManagement.Read.Directory',
  'posture.conditional_access': 'Policy.Read.All',
  'posture.security_defaults': 'Policy.Read.All',
  'intune.compliance_policies': 'DeviceManagementConfiguration.Read.All',
  'intune.device_configurations': 'DeviceManagementConfiguration.Read.All',
};
