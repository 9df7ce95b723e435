import type { Role } from '@gangway/contract/capabilities';
import { AppError } from '../errors.js';

/** Whether who has one role may give another: nobody above their own. */
export const mayGrant = (own: Role, role: Role): boolean => own === 'owner' || role !== 'owner';

/**
 * Only an owner makes or unmakes owners: nobody can lift themselves above their own role. `own` is the role as it was read
 * in the transaction that writes. @throws AppError forbidden
 */
export function requireMayGrant(own: Role, ...roles: Role[]): void {
  if (!roles.every((role) => mayGrant(own, role))) {
    throw new AppError('forbidden', 'capability.missing', {
      capability: 'workspace:manage',
      roles: ['owner'],
    });
  }
}
