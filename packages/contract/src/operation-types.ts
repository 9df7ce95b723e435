/** Every kind of operation run. The registries are records over this list, so that none can be forgotten. */
export const BOOTSTRAP_TYPES = [
  'inventory.organization',
  'inventory.domains',
  'inventory.licenses',
  'inventory.users',
  'inventory.directory_roles',
  'posture.conditional_access',
  'posture.security_defaults',
  'intune.compliance_policies',
  'intune.device_configurations',
] as const;
export type BootstrapType = (typeof BOOTSTRAP_TYPES)[number];

export const OPERATION_TYPES = [
  'provider.connection.check',
  ...BOOTSTRAP_TYPES,
  'tenant.create',
  'tenant.delete',
] as const;
export type OperationType = (typeof OPERATION_TYPES)[number];

export function isBootstrapType(type: string): type is BootstrapType {
  return (BOOTSTRAP_TYPES as readonly string[]).includes(type);
}
