import type { GraphPermission } from '@gangway/contract/graph-permissions';

/** Written apart from the client's own table on purpose: an emulator that shares its client's beliefs proves nothing. */
const DIRECTORY_READ_SUFFICES: readonly GraphPermission[] = [
  'Application.Read.All',
  'Domain.Read.All',
  'LicenseAssignment.Read.All',
  'Organization.Read.All',
  'RoleManagement.Read.Directory',
  'User.Read.All',
];

/** Whether the roles of a token allow a route; null: it asks for none. */
export function isAllowed(roles: readonly string[], needs: GraphPermission | null): boolean {
  if (needs === null || roles.includes(needs)) return true;
  return roles.includes('Directory.Read.All') && DIRECTORY_READ_SUFFICES.includes(needs);
}
