/**
 * Why something failed or needs attention: a closed list. The code is the contract; title and remedy are
 * wording and may change. Microsoft's causes come from the Entra error reference (AADSTS) and Graph's errors.
 */
export type Retry = 'no' | 'once' | 'yes' | 'skip';
export type WhoFixes = 'workspaceAdmin' | 'customerAdmin' | 'operator' | 'nobody';

export interface Reason {
  readonly title: string;
  readonly remedy: string;
  readonly retry: Retry;
  readonly whoFixes: WhoFixes;
}

const reason = (retry: Retry, whoFixes: WhoFixes, title: string, remedy: string): Reason => ({
  retry,
  whoFixes,
  title,
  remedy,
});

/** Reasons a provider check or a bootstrap read can end with. The sandbox can produce every one of these. */
export const PROVIDER_REASONS = {
  'tenant.not_found': reason(
    'no',
    'workspaceAdmin',
    'Microsoft does not know this tenant',
    'Check the domain or tenant ID for typing errors, and identify the tenant again.',
  ),
  'tenant.wrong_cloud': reason(
    'no',
    'workspaceAdmin',
    'The tenant lives in another Microsoft cloud',
    'Create a connection that uses the cloud shown by tenant discovery.',
  ),
  'tenant.mismatch': reason(
    'no',
    'workspaceAdmin',
    'The credential belongs to another tenant',
    'Use an app registration of the tenant you identified, or identify the other tenant.',
  ),
  'tenant.access_restricted': reason(
    'no',
    'customerAdmin',
    'The tenant restricts access from outside',
    'Ask an administrator of the tenant to allow this application in its tenant restrictions.',
  ),
  'app.not_in_tenant': reason(
    'no',
    'customerAdmin',
    'The application is not present in the tenant',
    'Check the client ID. If it is right, an administrator of the tenant has to add the application by granting consent.',
  ),
  'app.disabled': reason(
    'no',
    'customerAdmin',
    'The application is disabled in the tenant',
    'Ask an administrator of the tenant to enable sign-in for the enterprise application.',
  ),
  'app.not_multitenant': reason(
    'no',
    'operator',
    'The application accepts only its home tenant',
    'Configure the app registration as multitenant, or register an application in the customer tenant.',
  ),
  'credential.missing': reason(
    'no',
    'workspaceAdmin',
    'The connection has no credential',
    'Add a client secret, a certificate or a federated credential to the connection.',
  ),
  'credential.invalid': reason(
    'no',
    'workspaceAdmin',
    'Microsoft refused the client secret',
    "Paste the secret's value, not its ID. If the value is lost, create a new secret and replace the credential.",
  ),
  'credential.expired': reason(
    'no',
    'workspaceAdmin',
    'The credential has expired',
    'Create a new secret or certificate in the app registration and replace the credential here.',
  ),
  'credential.expiring': reason(
    'no',
    'workspaceAdmin',
    'The credential expires within 30 days',
    'Create a new secret or certificate in the app registration and replace the credential here before the old one ends.',
  ),
  'credential.certificate_rejected': reason(
    'no',
    'workspaceAdmin',
    'Microsoft refused the certificate',
    'Upload the same certificate to the app registration, or replace the credential here.',
  ),
  'credential.assertion_time': reason(
    'once',
    'operator',
    'The signed assertion was out of its time window',
    'Check the clock of this server, then run the verification again.',
  ),
  'credential.federation_mismatch': reason(
    'no',
    'workspaceAdmin',
    'The federated credential does not match',
    'Compare issuer, subject and audience of the federated credential with the app registration.',
  ),
  'credential.type_not_allowed': reason(
    'no',
    'workspaceAdmin',
    'The application does not allow this kind of credential',
    'Use the kind of credential that the app registration allows.',
  ),
  'consent.missing': reason(
    'no',
    'customerAdmin',
    'Nobody has granted admin consent yet',
    'A privileged administrator of the tenant has to grant admin consent to the application.',
  ),
  'consent.declined': reason(
    'no',
    'customerAdmin',
    'Admin consent was declined',
    'Ask the privileged administrator of the tenant to review and accept the request.',
  ),
  'consent.needs_approver': reason(
    'no',
    'customerAdmin',
    'Consent waits for an approver',
    'An approver of the tenant has to accept the pending admin consent request.',
  ),
  'consent.redirect_mismatch': reason(
    'no',
    'operator',
    'The return address is not registered',
    "Add this server's address to the redirect URIs of the app registration.",
  ),
  'permission.missing': reason(
    'no',
    'customerAdmin',
    'A required permission is not granted',
    'Add the missing application permission to the app registration, then grant admin consent again.',
  ),
  'permission.delegated_only': reason(
    'no',
    'customerAdmin',
    'A permission is granted only as delegated',
    'Add the permission as an application permission, then grant admin consent again.',
  ),
  'permission.propagating': reason(
    'yes',
    'nobody',
    'Microsoft is still propagating the consent',
    'Nothing to do: the run continues by itself once the permission has reached Microsoft Graph.',
  ),
  'policy.conditional_access': reason(
    'no',
    'customerAdmin',
    'A Conditional Access policy blocks the application',
    'Ask an administrator of the tenant to exclude the service principal from the policy.',
  ),
  'service.not_enabled': reason(
    'no',
    'customerAdmin',
    'A required service is not enabled in the tenant',
    'An administrator of the tenant has to subscribe to or enable the service.',
  ),
  'license.missing': reason(
    'skip',
    'customerAdmin',
    'The tenant has no licence for this',
    'This reads data of a service that the tenant has no licence for. It can be skipped.',
  ),
  'provider.throttled': reason(
    'yes',
    'nobody',
    'Microsoft asks us to slow down',
    'Nothing to do now. If it lasts, run it again in a few minutes.',
  ),
  'provider.unavailable': reason(
    'yes',
    'nobody',
    'Microsoft is not answering properly',
    'Nothing to do now. If it lasts, check the Microsoft service status and run it again later.',
  ),
  'network.timeout': reason(
    'yes',
    'operator',
    'Microsoft did not answer in time',
    "Run it again. If it lasts, check this server's outbound connection.",
  ),
  'network.unreachable': reason(
    'yes',
    'operator',
    'Microsoft cannot be reached from this server',
    "Check this server's DNS, proxy and firewall for the Microsoft hosts.",
  ),
  'provider.unexpected_response': reason(
    'no',
    'operator',
    'Microsoft answered something we do not understand',
    'Copy the diagnostics and send them to the operator of this service.',
  ),
  'request.invalid': reason(
    'no',
    'operator',
    'Microsoft refused the form of our request',
    'Copy the diagnostics and send them to the operator of this service.',
  ),
} as const satisfies Record<string, Reason>;

/** Reasons of our own runs. */
export const RUN_REASONS = {
  'run.cancelled': reason(
    'once',
    'workspaceAdmin',
    'The run was cancelled',
    'Start it again when you are ready.',
  ),
  'run.worker_lost': reason(
    'once',
    'operator',
    'The worker of this run was lost repeatedly',
    'Run it again. If it stops again, send the run ID to the operator of this service.',
  ),
  'run.authorization_revoked': reason(
    'no',
    'workspaceAdmin',
    'Whoever started this run may no longer do so',
    'A member with the capability has to start it again.',
  ),
  'run.rolled_back': reason(
    'once',
    'operator',
    'The run was rolled back',
    'Everything it had created was removed. Start it again when the cause is mended.',
  ),
  'run.rollback_failed': reason(
    'no',
    'operator',
    'The run could not be rolled back completely',
    'See what is left in the run, remove it, or roll back again.',
  ),
  'run.timeout': reason(
    'once',
    'operator',
    'The run took longer than it may',
    'Run it again. If it lasts, send the run ID to the operator of this service.',
  ),
  'validation.failed': reason(
    'no',
    'workspaceAdmin',
    'The input was refused',
    'Correct the input and start again.',
  ),
  'tenant.duplicate': reason(
    'no',
    'operator',
    'A tenant with this e-mail address exists',
    'Use another e-mail address, or use the tenant that exists.',
  ),
  'user.duplicate': reason(
    'no',
    'operator',
    'A user with this e-mail address exists',
    'Use another e-mail address for the admin user.',
  ),
  'database.unavailable': reason(
    'yes',
    'operator',
    'The database did not answer',
    'Nothing is lost. Try again in a moment.',
  ),
  'auth.issuer_unavailable': reason(
    'yes',
    'operator',
    'The issuer of this token cannot be asked for its keys',
    'Try again in a moment. If it lasts, the key set of the issuer has to be reachable again.',
  ),
  'email.failed': reason(
    'yes',
    'operator',
    'The mail could not be sent',
    'Check the mail settings; the mail stays queued and is sent again.',
  ),
  'internal.error': reason(
    'once',
    'operator',
    'Something unexpected went wrong',
    'Try again. If it lasts, send the request ID or the run ID to the operator of this service.',
  ),
} as const satisfies Record<string, Reason>;

/** Reasons the door and the verbs refuse a request with. */
export const REQUEST_REASONS = {
  'auth.required': reason('no', 'workspaceAdmin', 'Sign in first', 'Sign in and try again.'),
  'auth.invalid_credentials': reason(
    'no',
    'workspaceAdmin',
    'E-mail or password is wrong',
    'Check both, or reset the password.',
  ),
  'auth.password_change_required': reason(
    'no',
    'workspaceAdmin',
    'The password has to be changed first',
    'Set a password of your own, then go on.',
  ),
  'auth.token_invalid': reason(
    'no',
    'workspaceAdmin',
    'The link is not valid or was used before',
    'Ask for a new link.',
  ),
  'auth.token_expired': reason('no', 'workspaceAdmin', 'The link has expired', 'Ask for a new link.'),
  'link.used': reason(
    'no',
    'workspaceAdmin',
    'This link was used before',
    'Ask whoever sent it for a new one.',
  ),
  'link.revoked': reason(
    'no',
    'workspaceAdmin',
    'This link was withdrawn',
    'Ask whoever sent it for a new one.',
  ),
  'auth.too_many_attempts': reason('once', 'nobody', 'Too many attempts', 'Wait a little, then try again.'),
  'request.rate_limited': reason('once', 'nobody', 'Too many requests', 'Wait a little, then try again.'),
  'request.unparsable': reason('no', 'workspaceAdmin', 'The request cannot be read', 'Send valid JSON.'),
  'request.too_large': reason('no', 'workspaceAdmin', 'The request is too large', 'Send less at once.'),
  'request.unsupported_media_type': reason(
    'no',
    'workspaceAdmin',
    'This content type is not accepted',
    'Send application/json.',
  ),
  'request.method_not_allowed': reason(
    'no',
    'workspaceAdmin',
    'This method is not allowed here',
    'Use the documented method.',
  ),
  'request.cross_site': reason(
    'no',
    'workspaceAdmin',
    'Requests from other sites are refused',
    'Use the app itself.',
  ),
  'request.not_found': reason('no', 'workspaceAdmin', 'There is nothing here', 'Check the address.'),
  'workspace.not_found': reason(
    'no',
    'workspaceAdmin',
    'This workspace does not exist, or you are not a member',
    'Check the address, or ask a member to invite you.',
  ),
  'workspace.suspended': reason(
    'no',
    'operator',
    'This workspace is suspended',
    'Everything can be read, nothing can be changed. Contact your provider.',
  ),
  'capability.missing': reason(
    'no',
    'workspaceAdmin',
    'You lack the capability for this',
    'Ask an owner or admin of the workspace.',
  ),
  'partner.permission_missing': reason(
    'no',
    'operator',
    'The credential lacks the role or permission for this',
    'Use a credential that has it.',
  ),
  'api_key.expired': reason('no', 'operator', 'The key has expired', 'Create a new key.'),
  'resource.not_found': reason(
    'no',
    'workspaceAdmin',
    'This does not exist in the workspace',
    'Check the address.',
  ),
  'session.version_conflict': reason(
    'no',
    'workspaceAdmin',
    'Somebody changed this session meanwhile',
    'Reload to see the change, or keep yours.',
  ),
  'session.closed': reason(
    'no',
    'workspaceAdmin',
    'This onboarding session has ended',
    'Open the tenant, or identify it again.',
  ),
  'session.step_not_ready': reason(
    'no',
    'workspaceAdmin',
    'An earlier step is not finished',
    'Finish the earlier step first.',
  ),
  'connection.version_conflict': reason(
    'no',
    'workspaceAdmin',
    'Somebody changed this connection meanwhile',
    'Reload to see the change, or keep yours.',
  ),
  'connection.in_use': reason(
    'no',
    'workspaceAdmin',
    'The connection is in use',
    'Choose another connection where it is used first.',
  ),
  'run.finished': reason('no', 'workspaceAdmin', 'The run has already ended', 'Reload to see how it ended.'),
  'run.not_retryable': reason(
    'no',
    'workspaceAdmin',
    'The run cannot be continued like this',
    'See what the run page offers.',
  ),
  'run.update_too_late': reason(
    'no',
    'workspaceAdmin',
    'The step that uses this value has already run',
    'Change the value at its place instead.',
  ),
  'operation.unknown_type': reason(
    'no',
    'workspaceAdmin',
    'There is no such operation',
    'Choose one of the registered operations.',
  ),
  'operation.cannot_run': reason(
    'no',
    'workspaceAdmin',
    'The operation cannot run here',
    'Finish the verification, and see which permission it lacks.',
  ),
  'member.last_owner': reason(
    'no',
    'workspaceAdmin',
    'A workspace keeps at least one owner',
    'Make somebody else an owner first.',
  ),
  'member.duplicate': reason(
    'no',
    'workspaceAdmin',
    'This person is already a member or invited',
    'See the list of members.',
  ),
  'member.has_account': reason(
    'no',
    'workspaceAdmin',
    'There is an account for this address already',
    'Sign in with it to accept the invitation.',
  ),
  'tenant.state_conflict': reason(
    'no',
    'operator',
    'The tenant is not in a state for this',
    'Reload the tenant and try again.',
  ),
  'idempotency.mismatch': reason(
    'no',
    'operator',
    'The idempotency key was used for another request',
    'Use a new key for a new request.',
  ),
  'idempotency.in_flight': reason(
    'once',
    'nobody',
    'The first request with this key is still running',
    'Try again in a moment.',
  ),
} as const satisfies Record<string, Reason>;

export const REASONS = { ...PROVIDER_REASONS, ...RUN_REASONS, ...REQUEST_REASONS };

export type ProviderReasonCode = keyof typeof PROVIDER_REASONS;
export type RunReasonCode = ProviderReasonCode | keyof typeof RUN_REASONS;
export type ReasonCode = keyof typeof REASONS;

export const PROVIDER_REASON_CODES = Object.keys(PROVIDER_REASONS) as ProviderReasonCode[];
export const REASON_CODES = Object.keys(REASONS) as ReasonCode[];
