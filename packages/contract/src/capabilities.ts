/** Roles and what each may do in a workspace: the whole table on one screen. */
export const ROLES = ['owner', 'admin', 'operator', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

export const CAPABILITIES = [
  'workspace:read',
  'onboarding:read',
  'connection:read',
  'operation:read',
  'onboarding:run',
  'connection:manage',
  'operation:run',
  'audit:read',
  'member:manage',
  'workspace:manage',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

const READ = ['workspace:read', 'onboarding:read', 'connection:read', 'operation:read'] as const;
const RUN = [...READ, 'onboarding:run', 'connection:manage', 'operation:run'] as const;
const ADMINISTER = [...RUN, 'audit:read', 'member:manage'] as const;

const GRANTED: Record<Role, readonly Capability[]> = {
  viewer: READ,
  operator: RUN,
  admin: ADMINISTER,
  owner: [...ADMINISTER, 'workspace:manage'],
};

/** What somebody in a role does, for whoever gives it or is given it. */
export const ROLE_SUMMARIES: Record<Role, string> = {
  owner: 'does everything, also to the workspace itself',
  admin: 'does everything but what changes the workspace itself',
  operator: 'onboards tenants and runs operations',
  viewer: 'looks at everything and changes nothing',
};

/** The capabilities of a role, in the order of {@link CAPABILITIES}. */
export function capabilitiesOf(role: Role): readonly Capability[] {
  return GRANTED[role];
}

export function canRole(role: Role, capability: Capability): boolean {
  return GRANTED[role].includes(capability);
}

/** The roles that hold a capability, strongest first. */
export function rolesWith(capability: Capability): readonly Role[] {
  return ROLES.filter((role) => canRole(role, capability));
}

/** A capability that only looks; a suspended workspace still allows these. */
export function isReadCapability(capability: Capability): boolean {
  return capability.endsWith(':read');
}
