import { reason, type Reason } from './reason.js';

/**
 * Reasons a provider check or a bootstrap read can end with, from the Entra error reference (AADSTS) and Graph's errors.
 * The sandbox can produce every one of these.
 */
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
