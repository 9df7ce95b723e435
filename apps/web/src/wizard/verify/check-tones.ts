import type { Check, CheckKey } from '@gangway/contract/operations';
import type { Tone } from '../../ui/status-badge.js';

/** In the order they run. */
export const CHECK_ORDER = [
  'configuration',
  'tenant_discovery',
  'sign_in',
  'token_claims',
  'organization',
  'application',
  'granted_permissions',
  'capability_probes',
  'credential_expiry',
] as const satisfies readonly CheckKey[];

export const CHECK_TONES: Record<Check['status'], Tone> = {
  waiting: 'idle',
  running: 'live',
  pass: 'ok',
  warn: 'warn',
  fail: 'bad',
  skipped: 'skipped',
};
