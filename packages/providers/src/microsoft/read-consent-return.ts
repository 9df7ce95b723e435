import type { Evidence } from '@gangway/contract/operations';
import { isUuid } from '@gangway/contract/text';
import type { ConsentReturn } from '../port.js';
import { mostTelling, numbersIn, reasonOfAadsts } from './aadsts.js';
import { evidenceOfNoAnswer } from './evidence.js';
import { reasonOfOAuthError } from './oauth-errors.js';

/** Trace and correlation id stand at the end of a description. */
const LONGEST = 4_000;

type Field = (name: string) => string;

/** @see MicrosoftProvider.readConsentReturn */
export function readConsentReturn(query: Readonly<Record<string, unknown>>, now: Date): ConsentReturn {
  const field: Field = (name) => {
    const value = query[name];
    return typeof value === 'string' ? value.slice(0, LONGEST) : '';
  };
  const tenant = field('tenant');
  const number = mostTelling(numbersIn(field('error_description')), null);
  return {
    state: field('state'),
    entraTenantId: isUuid(tenant) ? tenant.toLowerCase() : null,
    reasonCode: reasonOf(field, number),
    evidence: field('error') === '' ? null : evidenceOf(field, number, now),
  };
}

// A refusal says admin_consent=True as well, so the error is looked at first.
function reasonOf(field: Field, number: number | null): ConsentReturn['reasonCode'] {
  const error = field('error');
  if (error === '')
    return field('admin_consent').toLowerCase() === 'true' ? null : 'provider.unexpected_response';
  const hint = number === null ? null : reasonOfAadsts(number);
  return hint ?? reasonOfPage(error, field('error_subcode')) ?? 'provider.unexpected_response';
}

/** What the page itself says: here nothing was proved, so that nothing of ours can have been refused. */
function reasonOfPage(error: string, subcode: string): ConsentReturn['reasonCode'] {
  if (error === 'permission_denied' || subcode === 'cancel') return 'consent.cancelled';
  if (error === 'access_denied') return 'consent.declined';
  return reasonOfOAuthError(error, null);
}

/** The number, and the ids that the description ends with; none of its words. */
function evidenceOf(field: Field, number: number | null, now: Date): Evidence {
  const description = field('error_description');
  const idAfter = (label: string): string | null => {
    const id = new RegExp(`${label}:\\s*([0-9a-f-]{36})(?![0-9a-f-])`, 'i').exec(description)?.[1];
    return id !== undefined && isUuid(id) ? id.toLowerCase() : null;
  };
  return {
    ...evidenceOfNoAnswer(now, idAfter('Correlation ID')),
    aadsts: number === null ? null : `AADSTS${number}`,
    requestId: idAfter('Trace ID'),
  };
}
