/**
 * What the audit trail of a workspace records, by name: the procedures of the workspace, because a refusal is recorded
 * under the name of what was asked for, and what happens without one. A test holds it to the procedures there are.
 */
export const AUDIT_ACTIONS = [
  'workspaces.get',
  'members.list',
  'members.invite',
  'members.changeRole',
  'members.remove',
  'invitations.accept',
  'invitations.resend',
  'invitations.revoke',
  'managedTenants.discover',
  'managedTenants.list',
  'managedTenants.get',
  'onboarding.identifyTenant',
  'onboarding.selectConnection',
  'onboarding.startVerification',
  'onboarding.startBootstrap',
  'onboarding.complete',
  'onboarding.abandon',
  'onboarding.get',
  'onboarding.list',
  'connections.list',
  'connections.get',
  'connections.create',
  'connections.update',
  'connections.rotateCredential',
  'connections.setDefault',
  'connections.remove',
  'consent.get',
  'consent.start',
  'consent.return',
  'consent.createHandOffLink',
  'consent.followHandOff',
  'consent.revokeHandOffLink',
  'operations.types',
  'operations.list',
  'operations.get',
  'operations.events',
  'operations.watch',
  'operations.start',
  'operations.cancel',
  'operations.retry',
  'operations.resume',
  'operations.rollBack',
  'operations.finished',
  'audit.list',
  'accounts.delete',
  'auth.stolenSession',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export function isAuditAction(action: string): action is AuditAction {
  return (AUDIT_ACTIONS as readonly string[]).includes(action);
}
