import type { GraphPermission } from '@gangway/contract/graph-permissions';

/** What Directory.Read.All answers for as well (the "higher privileged permissions" of each endpoint's reference). */
const IN_DIRECTORY_READ: ReadonlySet<GraphPermission> = new Set<GraphPermission>([
  'Organization.Read.All',
  'User.Read.All',
  'Domain.Read.All',
  'RoleManagement.Read.Directory',
  'LicenseAssignment.Read.All',
  'Application.Read.All',
]);

/** Whether holding `granted` is enough where `needed` is asked for. */
export function covers(granted: string, needed: GraphPermission): boolean {
  return granted === needed || (granted === 'Directory.Read.All' && IN_DIRECTORY_READ.has(needed));
}
