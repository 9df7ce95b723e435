import { rolesWith, type Capability } from '@gangway/contract/capabilities';
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
 * Writes a denial to the workspace's audit trail and returns the error to throw: 403 with what the member lacks and who has
 * it. Somebody who is not a member any more is told 404, and is no longer in the trail. Not for use inside a transaction: it
 * would be rolled back with it, and wait for a second connection.
 */
export async function denyInWorkspace(request: DeniedRequest, refusal: StandingRefusal): Promise<AppError> {
  const { app, workspaceId, capability, action } = request;
  if (refusal === 'workspace.not_found') return denyOutsider(request, workspaceId);
  await app.denials.audit(request, { action, outcome: 'denied', reasonCode: refusal });
  if (refusal === 'workspace.suspended') return new AppError('forbidden', refusal);
  const holders = await holdersOf(app.db, workspaceId, capability);
  return new AppError('forbidden', refusal, { capability, roles: rolesWith(capability), holders });
}

/** Counts what somebody was denied who is not a member, whether `workspace` exists or not; returns the error to throw. */
export function denyOutsider(
  { app, actor, action }: Pick<DeniedRequest, 'app' | 'actor' | 'action'>,
  workspace: string,
): AppError {
  const error = new AppError('not_found', 'workspace.not_found');
  app.denials.countOutsider({ actor, action, reasonCode: error.reasonCode, target: workspace });
  return error;
}
