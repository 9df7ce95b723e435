import type { AuditEvent } from '@gangway/contract/audit';
import { type AuditAction, isAuditAction } from '@gangway/contract/audit-actions';
import { OPERATION_TYPES } from '@gangway/contract/operation-types';
import { OPERATION_TITLES } from '../runs/operation-titles.js';
import { done, DONE_ACTIONS, tried } from '../texts/audit-actions.js';
import { t } from '../texts/audit.js';

type Told = Pick<AuditEvent, 'action' | 'outcome' | 'targetName' | 'managedTenant' | 'details'>;

/** What has happened also where its outcome is a refusal or a failure: a session was ended, a run has ended badly. */
const HAPPENS = new Set<string>(['auth.stolenSession', 'operations.finished'] satisfies AuditAction[]);

/** What happened, to be read after the name of who did it: "invited x@example.com as operator". */
export function toSentence({ action, outcome, targetName, managedTenant, details }: Told): string {
  const known = DONE_ACTIONS.find((one) => one === action);
  if (known && (outcome === 'allowed' || HAPPENS.has(known))) {
    const target = targetName ?? details['email'] ?? t('gone');
    const type = OPERATION_TYPES.find((one) => one === (details['type'] ?? targetName));
    return done(known, {
      ...details,
      target,
      name: details['name'] ?? target,
      tenant: managedTenant?.name ?? t('goneTenant'),
      operation: type ? OPERATION_TITLES[type] : target,
    });
  }
  return isAuditAction(action) ? t('tried', { verb: tried(action) }) : t('unknown', { action });
}
