import type { Role } from '@gangway/contract/capabilities';
import type { WorkspaceScope } from '../access/scope.js';
import { AppError } from '../errors.js';

/** Whether who has one role may give another: nobody above their own. */
export const mayGrant = (own: Role, role: Role): boolean => own === 'owner' || role !== 'owner';

/** Only an owner makes or unmakes owners: nobody can lift themselves above their own role. @throws AppError forbidden */
export function requireMayGrant(scope: WorkspaceScope, ...roles: Role[]): void {
  if (!roles.every((role) => mayGrant(scope.role, role))) {
    throw new AppError('forbidden', 'capability.missing', {
      capability: 'workspace:manage',
      roles: ['owner'],
    });
  }
}
