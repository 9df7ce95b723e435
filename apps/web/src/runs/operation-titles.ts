import type { OperationType } from '@gangway/contract/operation-types';

/** Short names of the operations, for lists that do not load the registry. */
export const OPERATION_TITLES: Record<OperationType, string> = {
  'provider.connection.check': 'Verification of a connection',
  'inventory.organization': 'Organization',
  'inventory.domains': 'Domains',
  'inventory.licenses': 'Licences',
  'inventory.users': 'Users',
  'inventory.directory_roles': 'Administrators',
  'posture.conditional_access': 'Conditional Access',
  'posture.security_defaults': 'Security defaults',
  'intune.compliance_policies': 'Compliance policies',
  'intune.device_configurations': 'Device configurations',
  'tenant.create': 'Creation of a tenant',
  'tenant.delete': 'Deletion of a tenant',
};
