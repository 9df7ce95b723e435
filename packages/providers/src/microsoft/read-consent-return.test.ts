import { expect, it } from 'vitest';
import { readConsentReturn } from './read-consent-return.js';

const NOW = new Date('2031-05-06T07:08:09.000Z');
const TENANT = '5A4D0B0C-0000-4000-8000-00000000000A';

it('a consent is what says so and names no error', () => {
  expect(readConsentReturn({ admin_consent: 'True', state: 's', tenant: TENANT }, NOW)).toEqual({
    state: 's',
    entraTenantId: TENANT.toLowerCase(),
    reasonCode: null,
    evidence: null,
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
  expect(readConsentReturn({ admin_consent: 'True', state: 's', ...query }, NOW).reasonCode).toBe(reasonCode);
});

it.each([
  {},
  { admin_consent: 'False' },
  { admin_consent: ['True', 'True'] },
  { state: { a: '1' }, tenant: "x' or '1", admin_consent: { toString: 'True' } },
])('what is no answer of Entra is no consent, and names nothing: %o', (query) => {
  expect(readConsentReturn(query, NOW)).toEqual({
    state: '',
    entraTenantId: null,
    reasonCode: 'provider.unexpected_response',
    evidence: null,
  });
});

it('a refusal keeps its number and the ids it ends with, and none of its words', () => {
  const error_description = [
    `AADSTS65004: ${'The words of somebody else. '.repeat(90)}`,
    'Trace ID: 1F2E3D4C-5B6A-4978-8796-A5B4C3D2E1F0',
    'Correlation ID: 0a1b2c3d-4e5f-4061-8273-8495a6b7c8d9',
    'Timestamp: 2031-05-06 07:08:08Z',
  ].join('\r\n');
  const { evidence } = readConsentReturn({ error: 'consent_required', error_description }, NOW);
  expect(evidence).toEqual({
    httpStatus: null,
    aadsts: 'AADSTS65004',
    graphCode: null,
    requestId: '1f2e3d4c-5b6a-4978-8796-a5b4c3d2e1f0',
    correlationId: '0a1b2c3d-4e5f-4061-8273-8495a6b7c8d9',
    at: NOW.toISOString(),
  });
});

it.each(['Trace ID: <script>', `Correlation ID: ${'0'.repeat(36)}`, `Trace ID: ${'a'.repeat(40)}`])(
  'what only looks like an id is not kept: %s',
  (error_description) => {
    const { evidence } = readConsentReturn({ error: 'access_denied', error_description }, NOW);
    expect(evidence).toMatchObject({ requestId: null, correlationId: null });
  },
);
