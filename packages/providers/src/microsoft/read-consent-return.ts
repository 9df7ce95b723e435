import { isUuid } from '@gangway/contract/text';
import type { ConsentReturn } from '../port.js';
import { mostTelling, numbersIn, reasonOfAadsts } from './aadsts.js';
import { reasonOfOAuthError } from './oauth-errors.js';

const LONGEST = 2_000;

/** @see MicrosoftProvider.readConsentReturn */
export function readConsentReturn(query: Readonly<Record<string, unknown>>): ConsentReturn {
  const field = (name: string): string => {
    const value = query[name];
    return typeof value === 'string' ? value.slice(0, LONGEST) : '';
  };
  const tenant = field('tenant');
  return {
    state: field('state'),
    entraTenantId: isUuid(tenant) ? tenant.toLowerCase() : null,
    reasonCode: reasonOf(field),
  };
}

// A refusal says admin_consent=True as well, so the error is looked at first.
function reasonOf(field: (name: string) => string): ConsentReturn['reasonCode'] {
  const error = field('error');
  if (error === '')
    return field('admin_consent').toLowerCase() === 'true' ? null : 'provider.unexpected_response';
  const number = mostTelling(numbersIn(field('error_description')), null);
  const hint = number === null ? null : reasonOfAadsts(number);
  return hint ?? reasonOfPage(error, field('error_subcode')) ?? 'provider.unexpected_response';
}

/** What the page itself says: here nothing was proved, so that nothing of ours can have been refused. */
function reasonOfPage(error: string, subcode: string): ConsentReturn['reasonCode'] {
  if (error === 'permission_denied' || subcode === 'cancel') return 'consent.cancelled';
  if (error === 'access_denied') return 'consent.declined';
  return reasonOfOAuthError(error, null);
}
