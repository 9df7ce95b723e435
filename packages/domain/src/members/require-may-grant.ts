import type { Role } from '@gangway/contract/capabilities';
import type { WorkspaceScope } from '../access/scope.js';
import { AppError } from '../errors.js';

/** Only an owner makes or unmakes owners: nobody can lift themselves above their own role. @throws AppError forbidden */
export function requireMayGrant(scope: WorkspaceScope, ...roles: Role[]): void {
  if (scope.role !== 'owner' && roles.includes('owner')) {
    throw new AppError('forbidden', 'capability.missing', {
      capability: 'workspace:manage',
      roles: ['owner'],
    });
  }
}
