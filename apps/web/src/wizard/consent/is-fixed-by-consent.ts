import type { Run } from '@gangway/contract/operations';
import type { ReasonCode } from '@gangway/contract/reason-codes';

const MENDED: readonly ReasonCode[] = [
  'consent.missing',
  'consent.declined',
  'consent.needs_approver',
  'permission.missing',
  'permission.delegated_only',
  'app.not_in_tenant',
];

/** Whether a verification ended with what an administrator's consent can mend. */
export function isFixedByConsent({ status, reasonCode }: Pick<Run, 'status' | 'reasonCode'>): boolean {
  return status === 'failed' && reasonCode !== null && MENDED.includes(reasonCode);
}
