import { reason, type Reason } from './reason.js';

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
