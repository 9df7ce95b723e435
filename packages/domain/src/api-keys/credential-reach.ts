/** What a credential can do, and until when. */
export interface CredentialReach {
  readonly permissions: readonly string[];
  /** Null: it has no end of its own. */
  readonly endsAt: Date | null;
}

export type ReachRefusal = 'partner.permission_missing' | 'api_key.outlives_credential';

/**
 * The one rule of what a credential may create, change or rotate: never more than it can do itself, and nothing that works
 * longer than itself. Returns why not, or null.
 */
export function refusalOfReach(holder: CredentialReach, target: CredentialReach): ReachRefusal | null {
  if (!target.permissions.every((permission) => holder.permissions.includes(permission)))
    return 'partner.permission_missing';
  return toTime(target.endsAt) > toTime(holder.endsAt) ? 'api_key.outlives_credential' : null;
}

const toTime = (endsAt: Date | null): number => endsAt?.getTime() ?? Infinity;
