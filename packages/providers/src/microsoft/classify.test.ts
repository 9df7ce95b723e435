import { PROVIDER_REASON_CODES } from '@gangway/contract/reason-codes';
import { describe, expect, it } from 'vitest';
import { reasonOfAadsts } from './aadsts.js';
import type { Answer } from './answer.js';
import { classifyGraphError } from './classify-graph-error.js';
import { classifyTokenError } from './classify-token-error.js';
import { retryAfterMs } from './retry-after.js';

const at = new Date('2026-05-03T10:00:00Z');
const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  body,
  headers: new Headers(headers),
  correlationId: 'ours',
  at,
});
const token = (body: unknown) => classifyTokenError(answer(400, body), 'client_secret');
const graph = (status: number, error: unknown) => classifyGraphError(answer(status, { error }));

describe('token errors', () => {
  it('follows the number before the name', () => {
    expect(token({ error: 'invalid_client', error_codes: [7000222] }).reasonCode).toBe('credential.expired');
    expect(token({ error: 'invalid_client', error_codes: [1, 53003] }).reasonCode).toBe(
      'policy.conditional_access',
    );
    expect(token({ error: 'invalid_grant', error_description: 'AADSTS700016: text' }).reasonCode).toBe(
      'app.not_in_tenant',
    );
  });

  it('falls back on the name where the number is new', () => {
    const error = token({
      error: 'invalid_client',
      error_codes: [99999999],
      correlation_id: 'c-1',
      trace_id: 't-1',
    });
    expect(error.reasonCode).toBe('credential.invalid');
    expect(error.evidence).toMatchObject({
      aadsts: 'AADSTS99999999',
      correlationId: 'c-1',
      requestId: 't-1',
    });
  });

  it('does not pretend to understand the rest', () => {
    expect(token({ error: 'something_new' }).reasonCode).toBe('provider.unexpected_response');
    expect(token('nonsense').reasonCode).toBe('provider.unexpected_response');
    expect(token(null).evidence).toMatchObject({ httpStatus: 400, correlationId: 'ours' });
  });

  it('keeps no text that claims to be an id', () => {
    const error = token({
      error: 'invalid_client',
      correlation_id: 'call <b>us</b> now',
      trace_id: 'x'.repeat(500),
    });
    expect(error.evidence).toMatchObject({ correlationId: 'ours', requestId: null });
  });

  it('knows only reasons of the catalogue', () => {
    const reasons = [90002, 90038, 700005, 500021, 50194, 7000218, 70021, 65001, 50011, 90033].map((number) =>
      reasonOfAadsts(number),
    );
    expect(PROVIDER_REASON_CODES).toEqual(expect.arrayContaining(reasons));
    expect(reasonOfAadsts(12)).toBeNull();
  });
});

describe('Graph errors', () => {
  it('walks to the innermost code', () => {
    const error = graph(403, {
      code: 'AccessDenied',
      innererror: { code: 'Middle', innerError: { code: 'Authorization_IdentityNotFound' } },
    });
    expect(error.reasonCode).toBe('app.not_in_tenant');
    expect(error.evidence?.graphCode).toBe('Authorization_IdentityNotFound');
  });

  it('tells a missing licence from a missing permission', () => {
    expect(
      graph(400, { code: 'BadRequest', message: 'Request not applicable to target tenant.' }).reasonCode,
    ).toBe('license.missing');
    expect(
      graph(403, { code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', message: '' }).reasonCode,
    ).toBe('license.missing');
    expect(graph(403, { code: 'Authorization_RequestDenied' }).reasonCode).toBe('permission.missing');
    expect(graph(400, { code: 'BadRequest', message: 'Invalid filter' }).reasonCode).toBe('request.invalid');
    expect(graph(418, undefined).reasonCode).toBe('provider.unexpected_response');
  });
});

describe('Retry-After', () => {
  it.each([
    ['3', 3_000],
    ['0', 0],
    ['Sun, 03 May 2026 10:00:20 GMT', 20_000],
    ['Sun, 03 May 2026 09:00:00 GMT', 0],
    ['999999', 3_600_000],
    ['soon', null],
    ['', null],
  ])('%s', (value, expected) => {
    expect(retryAfterMs(new Headers({ 'retry-after': value }), at)).toBe(expected);
  });
});
