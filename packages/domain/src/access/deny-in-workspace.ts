import { rolesWith, type Capability } from '@gangway/contract/capabilities';
import { audit } from '../audit/audit.js';
import { AppError } from '../errors.js';
import { holdersOf } from './holders-of.js';
import type { RequestScope, UserActor } from './scope.js';
import type { StandingRefusal } from './standing.js';

export interface DeniedRequest extends RequestScope {
  readonly actor: UserActor;
  readonly workspaceId: string;
  readonly capability: Capability;
  /** As audit events name it, such as `members.invite`. */
  readonly action: string;
}

/**
 * Writes a denial to the workspace's audit trail and returns the error to throw: 404 for someone who is not a member, 403
 * for a member, with what they lack and who has it. Not for use inside a transaction: it would be rolled back with it, and
 * wait for a second connection.
 */
export async function denyInWorkspace(request: DeniedRequest, refusal: StandingRefusal): Promise<AppError> {
  const { house, workspaceId, capability, action } = request;
  await audit(house.db.prisma, request, { action, outcome: 'denied', reasonCode: refusal });
  if (refusal === 'workspace.not_found') return new AppError('not_found', refusal);
  if (refusal === 'workspace.suspended') return new AppError('forbidden', refusal);
  const holders = await holdersOf(house.db, workspaceId, capability);
  return new AppError('forbidden', refusal, { capability, roles: rolesWith(capability), holders });
}
