import type { OperationType } from '@gangway/contract/operation-types';

/** Short names of the operations, for lists that do not load the registry. */
export const OPERATION_TITLES: Record<OperationType, string> = {
  'provider.connection.check': 'Verification of a connection',
  'inventory.organization': 'Inventory of the organization',
  'inventory.domains': 'Inventory of domains',
  'inventory.licenses': 'Inventory of licences',
  'inventory.users': 'Inventory of users',
  'inventory.directory_roles': 'Inventory of administrators',
  'posture.conditional_access': 'Conditional Access policies',
  'posture.security_defaults': 'Security defaults',
  'intune.compliance_policies': 'Compliance policies',
  'intune.device_configurations': 'Device configurations',
  'tenant.create': 'Creation of a tenant',
  'tenant.delete': 'Deletion of a tenant',
};
