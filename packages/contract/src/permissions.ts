/** The partner plane: roles of a credential and the permissions each carries. */
export const PARTNER_ROLES = ['partner-admin', 'integration-user'] as const;
export type PartnerRole = (typeof PARTNER_ROLES)[number];

export const PERMISSIONS = [
  'tenant:create',
  'tenant:read',
  'tenant:update',
  'tenant:delete',
  'webhook:manage',
  'api-key:manage',
  'analytics:read',
  'mail-template:manage',
  'audit:read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const GRANTED: Record<PartnerRole, readonly Permission[]> = {
  'partner-admin': PERMISSIONS,
  'integration-user': ['tenant:read'],
};

/** The most a credential with these roles can hold. */
export function permissionsOf(roles: readonly PartnerRole[]): readonly Permission[] {
  return PERMISSIONS.filter((permission) => roles.some((role) => GRANTED[role].includes(permission)));
}
