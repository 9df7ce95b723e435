import type { Capability, Role } from '@gangway/contract/capabilities';
import type { Permission } from '@gangway/contract/permissions';
import type { AppContext, WorkspaceAppContext } from '../app-context.js';
import type { Quota } from '../limits/call-limits.js';
import type { PartnerActor, UserActor } from './actor.js';

export type { Actor, PartnerActor, UserActor } from './actor.js';

/** What is known of every request, before anybody is identified. */
export interface RequestScope {
  readonly app: AppContext;
  readonly requestId: string;
  /** Told how the caller stands once this call is counted for them. */
  readonly reportQuota?: (quota: Quota) => void;
}

/** A request that needs nobody signed in: all that is known of its sender is where it came from. */
export interface PublicScope extends RequestScope {
  /** The peer's address, or what a trusted proxy says it is. */
  readonly clientAddress: string;
}

// Not exported: outside this folder nobody can write this key, so only the functions here make these scopes.
declare const admitted: unique symbol;

export interface UserScope extends RequestScope {
  readonly actor: UserActor;
  readonly mustChangePassword: boolean;
  readonly [admitted]: 'user';
}

export interface WorkspaceScope {
  readonly app: WorkspaceAppContext;
  readonly requestId: string;
  readonly actor: UserActor;
  readonly workspaceId: string;
  readonly workspace: { readonly name: string; readonly slug: string; readonly isSuspended: boolean };
  readonly role: Role;
  /** The capability that was asked for and granted. */
  readonly capability: Capability;
  /** As audit events name what was asked for, such as `members.invite`. */
  readonly action: string;
  /** Whether the member is not there, and left something to be done for them. */
  readonly isOnBehalf: boolean;
  readonly [admitted]: 'workspace';
}

export interface PartnerScope extends RequestScope {
  readonly actor: PartnerActor;
  readonly partnerId: string;
  /** The permission that was asked for and granted. */
  readonly permission: Permission;
  /** All that the credential holds: what it creates can hold no more. */
  readonly permissions: readonly Permission[];
  /** When the token ends that was presented; null for an API key, whose row says. */
  readonly tokenEndsAt: Date | null;
  /** When the credential itself ends; null if it has no end, as a client has whose tokens are only copies of its rights. */
  readonly endsAt: Date | null;
  /** As audit events name what was asked for, such as `tenants.update`. */
  readonly action: string;
  readonly [admitted]: 'partner';
}

type Admitted = UserScope | WorkspaceScope | PartnerScope;

/** All that a workspace's scope was made of, to write with; for the functions of this folder only. */
export function toAppContext({ app }: WorkspaceScope): AppContext {
  return app as AppContext;
}

/** Puts the seal of the door on a scope; for the functions of this folder only. */
export function admit<S extends Admitted>(scope: Omit<S, typeof admitted>): S {
  return scope as S;
}
