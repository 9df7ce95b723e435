import { DONE_ACTIONS, type DoneAction } from '../texts/audit-actions.js';

export const OUTCOMES = ['allowed', 'denied', 'failed'] as const;

export interface AuditFilters {
  readonly actor?: string | undefined;
  readonly action?: DoneAction | undefined;
  readonly outcome?: (typeof OUTCOMES)[number] | undefined;
  readonly tenant?: string | undefined;
}

/** Reads the filters of the address bar; what is not a filter is dropped. */
export function toAuditFilters(search: Readonly<Record<string, unknown>>): AuditFilters {
  const textOf = (key: string) =>
    typeof search[key] === 'string' && search[key] !== '' ? search[key] : undefined;
  return {
    actor: textOf('actor'),
    action: DONE_ACTIONS.find((action) => action === search['action']),
    outcome: OUTCOMES.find((outcome) => outcome === search['outcome']),
    tenant: textOf('tenant'),
  };
}
