import type { GraphPermission } from '@gangway/contract/graph-permissions';
import {
  readAppRoleAssignments,
  readDelegatedGrants,
  readServicePrincipal,
} from './data/service-principal.js';
import { readApplication, readApplications } from './data/applications.js';
import { readConditionalAccessPolicies, readSecurityDefaults } from './data/policies.js';
import { readDirectoryRoleMembers, readDirectoryRoles } from './data/directory-roles.js';
import { readCompliancePolicies, readDeviceConfigurations } from './data/intune.js';
import { readDomains, readOrganizations } from './data/organization.js';
import { readSubscribedSkus } from './data/subscribed-skus.js';
import { readUsers } from './data/users.js';
import type { Read } from './data/resource.js';

type QueryOption = '$select' | '$top' | '$count' | '$filter';

export interface GraphRoute {
  readonly path: RegExp;
  /** Least application permission. */
  readonly needs: GraphPermission;
  /**
   * Other permissions that its reference names. Written apart from the client's own table on purpose: an emulator that
   * shares its client's beliefs proves nothing.
   */
  readonly alsoEnough: readonly string[];
  /** Query options the reference documents for it. `$skiptoken` goes with `$top`. */
  readonly options: readonly QueryOption[];
  readonly isIntune?: true;
  /** What a directory reads its Conditional Access policies by. */
  readonly isOfPolicies?: true;
  /** Named by an application's id, which that application may read without any permission. */
  readonly isOfApplication?: true;
  readonly read: Read;
}

const DIRECTORY = ['Directory.Read.All', 'Directory.ReadWrite.All'];

/** Every route there is, from the v1.0 reference of Microsoft Graph. */
const ROUTES: readonly GraphRoute[] = [
  {
    path: /^\/organization$/i,
    needs: 'Organization.Read.All',
    alsoEnough: ['Organization.ReadWrite.All', 'User.Read.All', ...DIRECTORY],
    options: ['$select'],
    read: readOrganizations,
  },
  {
    path: /^\/domains$/i,
    needs: 'Domain.Read.All',
    alsoEnough: ['Domain.ReadWrite.All', 'Directory.Read.All'],
    options: ['$select', '$top'],
    read: readDomains,
  },
  {
    path: /^\/users$/i,
    needs: 'User.Read.All',
    alsoEnough: ['User.ReadWrite.All', ...DIRECTORY],
    options: ['$select', '$top', '$count'],
    read: readUsers,
  },
  {
    path: /^\/subscribedSkus$/i,
    needs: 'LicenseAssignment.Read.All',
    alsoEnough: ['Organization.Read.All', 'Organization.ReadWrite.All', ...DIRECTORY],
    options: ['$select'],
    read: readSubscribedSkus,
  },
  {
    path: /^\/directoryRoles$/i,
    needs: 'RoleManagement.Read.Directory',
    alsoEnough: ['RoleManagement.ReadWrite.Directory', ...DIRECTORY],
    options: ['$select'],
    read: readDirectoryRoles,
  },
  {
    path: /^\/directoryRoles\/([\w-]+)\/members$/i,
    needs: 'RoleManagement.Read.Directory',
    alsoEnough: ['RoleManagement.ReadWrite.Directory', ...DIRECTORY],
    options: ['$select', '$top'],
    read: readDirectoryRoleMembers,
  },
  {
    path: /^\/servicePrincipals\(appId='([\w-]+)'\)$/i,
    needs: 'Application.Read.All',
    alsoEnough: ['Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy', ...DIRECTORY],
    isOfApplication: true,
    options: ['$select'],
    read: readServicePrincipal,
  },
  {
    path: /^\/servicePrincipals\/([\w-]+)\/appRoleAssignments$/i,
    needs: 'Application.Read.All',
    alsoEnough: ['Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy', ...DIRECTORY],
    options: ['$top'],
    read: readAppRoleAssignments,
  },
  {
    path: /^\/oauth2PermissionGrants$/i,
    needs: 'Directory.Read.All',
    alsoEnough: ['Directory.ReadWrite.All', 'DelegatedPermissionGrant.ReadWrite.All'],
    options: ['$filter', '$top'],
    read: readDelegatedGrants,
  },
  {
    path: /^\/applications$/i,
    needs: 'Application.Read.All',
    alsoEnough: ['Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy', ...DIRECTORY],
    options: ['$select', '$top'],
    read: readApplications,
  },
  {
    path: /^\/applications\(appId='([\w-]+)'\)$/i,
    isOfApplication: true,
    needs: 'Application.Read.All',
    alsoEnough: ['Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy', ...DIRECTORY],
    options: ['$select'],
    read: readApplication,
  },
  {
    path: /^\/identity\/conditionalAccess\/policies$/i,
    isOfPolicies: true,
    needs: 'Policy.Read.All',
    alsoEnough: [],
    options: ['$select', '$top'],
    read: readConditionalAccessPolicies,
  },
  {
    path: /^\/policies\/identitySecurityDefaultsEnforcementPolicy$/i,
    needs: 'Policy.Read.All',
    alsoEnough: [],
    options: ['$select'],
    read: readSecurityDefaults,
  },
  {
    path: /^\/deviceManagement\/deviceCompliancePolicies$/i,
    needs: 'DeviceManagementConfiguration.Read.All',
    alsoEnough: ['DeviceManagementConfiguration.ReadWrite.All'],
    options: ['$select', '$top'],
    isIntune: true,
    read: readCompliancePolicies,
  },
  {
    path: /^\/deviceManagement\/deviceConfigurations$/i,
    needs: 'DeviceManagementConfiguration.Read.All',
    alsoEnough: ['DeviceManagementConfiguration.ReadWrite.All'],
    options: ['$select', '$top'],
    isIntune: true,
    read: readDeviceConfigurations,
  },
];

/** The route of a path below `/v1.0`, and the key in it (empty where it has none). */
export function findRoute(path: string): { route: GraphRoute; key: string } | null {
  for (const route of ROUTES) {
    const match = route.path.exec(path);
    if (match) return { route, key: (match[1] ?? '').toLowerCase() };
  }
  return null;
}
