import { canRole, isReadCapability, type Capability, type Role } from '@gangway/contract/capabilities';

/** How somebody stands in a workspace at the moment it is read. */
export interface Standing {
  /** Null: not a member. */
  readonly role: Role | null;
  readonly isSuspended: boolean;
}

export type StandingRefusal = 'workspace.not_found' | 'capability.missing' | 'workspace.suspended';

/** Why somebody may not do what needs a capability, in the order of authorization; null if they may. */
export function refusalOf(standing: Standing, capability: Capability): StandingRefusal | null {
  if (standing.role === null) return 'workspace.not_found';
  if (!canRole(standing.role, capability)) return 'capability.missing';
  return standing.isSuspended && !isReadCapability(capability) ? 'workspace.suspended' : null;
}
