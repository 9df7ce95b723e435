import { isUuid } from '@gangway/contract/text';
import type { ConsentReturn } from '../port.js';
import { numbersIn, reasonOfAadsts, reasonOfOAuthError } from './aadsts.js';

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
  if (error !== '') {
    const hints = numbersIn(field('error_description')).flatMap((number) => reasonOfAadsts(number) ?? []);
    return hints[0] ?? reasonOfOAuthError(error) ?? 'provider.unexpected_response';
  }
  return field('admin_consent').toLowerCase() === 'true' ? null : 'provider.unexpected_response';
}
