import { expect, it } from 'vitest';
import { readConsentReturn } from './read-consent-return.js';

const TENANT = '5A4D0B0C-0000-4000-8000-00000000000A';

it('a consent is what says so and names no error', () => {
  expect(readConsentReturn({ admin_consent: 'True', state: 's', tenant: TENANT })).toEqual({
    state: 's',
    entraTenantId: TENANT.toLowerCase(),
    reasonCode: null,
  });
});

it.each([
  [{ error: 'access_denied' }, 'consent.declined'],
  [{ error: 'access_denied', error_description: 'AADSTS65004: no' }, 'consent.declined'],
  [{ error: 'access_denied', error_description: 'AADSTS90095: wait' }, 'consent.needs_approver'],
  [{ error: 'invalid_client', error_description: 'AADSTS650051 AADSTS7000112' }, 'app.disabled'],
  [{ error: 'access_denied', error_description: 'AADSTS65001: a AADSTS65004: b' }, 'consent.missing'],
  [{ error: 'consent_required', error_description: 'AADSTS65004: no\r\nTrace ID: 1' }, 'consent.declined'],
  [{ error: 'access_denied', error_description: 'AADSTS50020: who?' }, 'consent.wrong_account'],
  [{ error: 'access_denied', error_description: 'AADSTS51004: who?' }, 'consent.wrong_account'],
  [{ error: 'access_denied', error_subcode: 'cancel' }, 'consent.cancelled'],
  [{ error: 'permission_denied', error_description: 'The admin canceled' }, 'consent.cancelled'],
  [{ error: 'invalid_request', error_description: 'AADSTS500113: where to?' }, 'consent.redirect_mismatch'],
  [{ error: 'invalid_client', error_description: 'AADSTS650051: a' }, 'tenant.unmanaged'],
  [{ error: 'invalid_client', error_description: 'AADSTS9999999: a' }, 'provider.unexpected_response'],
  [{ error: 'server_error' }, 'provider.unavailable'],
  [{ error: 'something_new', error_description: 'x'.repeat(100_000) }, 'provider.unexpected_response'],
])('the error comes first, whatever admin_consent says: %o', (query, reasonCode) => {
  expect(readConsentReturn({ admin_consent: 'True', state: 's', ...query }).reasonCode).toBe(reasonCode);
});

it.each([
  {},
  { admin_consent: 'False' },
  { admin_consent: ['True', 'True'] },
  { state: { a: '1' }, tenant: "x' or '1", admin_consent: { toString: 'True' } },
])('what is no answer of Entra is no consent, and names nothing: %o', (query) => {
  expect(readConsentReturn(query)).toEqual({
    state: '',
    entraTenantId: null,
    reasonCode: 'provider.unexpected_response',
  });
});
