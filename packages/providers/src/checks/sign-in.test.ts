import type { Credential } from '@gangway/contract/connections';
import type { ReasonCode } from '@gangway/contract/reason-codes';
import { afterEach, describe, expect, it } from 'vitest';
import { ProviderError } from '../errors.js';
import type { CheckResult, ProviderTarget } from '../port.js';
import { type JsonAnswer, type MicrosoftLab, openMicrosoft } from '../testing/microsoft-lab.js';
import { passedChecks } from '../testing/passed-checks.js';
import { selfSign } from '../testing/self-sign.js';

const pair = selfSign('partner', new Date(Date.now() + 86_400_000));
const secret: Credential = { kind: 'client_secret', clientSecret: 'Zq8~canary-5b21' };
const certificate: Credential = { kind: 'certificate', ...pair };
const federated: Credential = {
  kind: 'federated',
  issuer: 'https://idp.partner.example',
  subject: 'Repo:Main',
  audience: 'api://AzureADTokenExchange',
};
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
const MINUTE = 60_000;

const target: ProviderTarget = {
  entraTenantId: '0d9c8b7a-6f5e-4d3c-8b2a-19081726354f',
  cloud: 'global',
  clientId: '7e6d5c4b-3a29-4817-8f6e-5d4c3b2a1908',
  domain: null,
  credential: secret,
  expiresAt: null,
  consentedAt: null,
};

let lab: MicrosoftLab | null = null;
afterEach(() => lab?.close());

/** The row "Sign-in" when the token endpoint answers like this; what has to be waited for is its error. */
async function signIn(
  body: object,
  changes: Partial<ProviderTarget> = {},
  answer: Omit<JsonAnswer, 'body'> = { status: 401 },
): Promise<{
  reasonCode: ReasonCode | null;
  whoFixes: unknown;
  remedy: unknown;
  evidence: unknown;
  waitMs: unknown;
}> {
  lab = await openMicrosoft(() => ({ ...answer, body }), {
    federatedAssertion: () => Promise.resolve('an.assertion.of-ours'),
  });
  const earlier = passedChecks({ configuration: {}, tenant_discovery: {} });
  const asked = lab.provider.check('sign_in', { ...target, ...changes }, earlier, AbortSignal.timeout(9_000));
  const found = await asked.catch((error: unknown): CheckResult | ProviderError => {
    if (error instanceof ProviderError) return error;
    throw error;
  });
  if (found instanceof ProviderError) {
    const { reasonCode, evidence, retryAfterMs: waitMs } = found;
    return { reasonCode, evidence, whoFixes: null, remedy: null, waitMs };
  }
  const { reasonCode, whoFixes, remedy, evidence } = found.check;
  return { reasonCode, whoFixes, remedy, evidence, waitMs: null };
}
const entra = (error: string, ...error_codes: number[]) => ({ error, error_codes, trace_id: 't-1' });

describe('what a refused sign-in means', () => {
  it.each<[number, ReasonCode]>([
    [5000225, 'tenant.inactive'],
    [5000224, 'tenant.blocked'],
    [650051, 'tenant.unmanaged'],
    [900021, 'tenant.not_found'],
    [7000229, 'app.not_in_tenant'],
    [70001, 'app.disabled'],
    [650059, 'app.not_multitenant'],
    [7000216, 'credential.missing'],
    [1000502, 'credential.expired'],
    [7000214, 'credential.certificate_rejected'],
    [7002138, 'credential.federation_mismatch'],
    [7002135, 'credential.federation_mismatch'],
    [70022204, 'credential.federation_mismatch'],
    [700229, 'credential.federation_mismatch'],
    [70025, 'credential.federation_mismatch'],
    [7000232, 'credential.type_not_allowed'],
    [65005, 'consent.missing'],
    [900971, 'consent.redirect_mismatch'],
    [16000, 'consent.wrong_account'],
    [501051, 'permission.missing'],
    [530034, 'policy.conditional_access'],
    [500014, 'service.not_enabled'],
    [50196, 'provider.throttled'],
    [90091, 'provider.unavailable'],
    [1002012, 'request.invalid'],
  ])('AADSTS%i is %s', async (number, reasonCode) => {
    const found = await signIn(entra('invalid_request', number), {}, { status: 400 });
    expect(found).toMatchObject({ reasonCode, evidence: { aadsts: `AADSTS${number}`, requestId: 't-1' } });
  });

  it.each<[string, Credential, object, ReasonCode]>([
    ['a secret', secret, entra('invalid_client', 7999999), 'credential.invalid'],
    ['a certificate', certificate, entra('invalid_client', 7999999), 'credential.certificate_rejected'],
    ['a federated credential', federated, entra('invalid_client'), 'credential.federation_mismatch'],
    [
      'a vague number, certificate',
      certificate,
      entra('invalid_client', 70002),
      'credential.certificate_rejected',
    ],
    ['an audience of another cloud', certificate, entra('invalid_client', 700023), 'tenant.wrong_cloud'],
    ['a scope without a resource', secret, entra('invalid_request', 700023), 'request.invalid'],
    [
      'another client, federated',
      federated,
      entra('invalid_client', 700021),
      'credential.federation_mismatch',
    ],
    ['another client, certificate', certificate, entra('invalid_client', 700021), 'request.invalid'],
  ])('is about what was sent: %s', async (_name, credential, body, reasonCode) => {
    expect(await signIn(body, { credential })).toMatchObject({ reasonCode });
  });

  it.each<[string, object, ReasonCode, string | null]>([
    [
      'the precise number',
      entra('invalid_client', 70002, 50012),
      'credential.certificate_rejected',
      'AADSTS50012',
    ],
    ['the known number', entra('invalid_client', 99, 7000222), 'credential.expired', 'AADSTS7000222'],
    [
      'a number of the description',
      {
        error: 'invalid_client',
        error_codes: [70002],
        error_description: 'AADSTS70002: x AADSTS700024: y\r\nTrace ID: z',
      },
      'credential.assertion_time',
      'AADSTS700024',
    ],
    [
      'a description alone',
      { error: 'unauthorized_client', error_description: 'AADSTS7000112: off.  Trace ID: z' },
      'app.disabled',
      'AADSTS7000112',
    ],
    [
      'numbers that are text',
      { error: 'invalid_client', error_codes: ['53003'] },
      'policy.conditional_access',
      'AADSTS53003',
    ],
    ['no number at all', { error: 'access_denied' }, 'provider.unexpected_response', null],
  ])('%s tells most', async (_name, body, reasonCode, aadsts) => {
    expect(await signIn(body)).toMatchObject({ reasonCode, evidence: { aadsts } });
  });

  it('a claims challenge is a policy, which is kept by its id', async () => {
    const id = '4d5e6f70-8192-4a3b-8c4d-5e6f708192a3';
    const claims = JSON.stringify({ access_token: { capolids: { essential: true, values: [id, '<b>'] } } });
    const body = { ...entra('invalid_grant', 8888888), suberror: 'message_only', claims };
    expect(await signIn(body, {}, { status: 400 })).toMatchObject({
      reasonCode: 'policy.conditional_access',
      evidence: { policyIds: [id] },
    });
    const broken = { ...entra('interaction_required', 8888888), claims: '{"access_token"' };
    expect(await signIn(broken)).toMatchObject({ reasonCode: 'policy.conditional_access' });
  });

  it.each<[number, string, string]>([
    [500021, 'operator', 'network this server sends through'],
    [530034, 'workspaceAdmin', 'blocked in its own tenant'],
    [530035, 'customerAdmin', 'Security defaults'],
    [700025, 'workspaceAdmin', 'public client'],
    [90099, 'customerAdmin', 'Partner Center'],
    [501051, 'customerAdmin', 'Assignment required'],
  ])('AADSTS%i is for %s, and says so in its own words', async (number, whoFixes, words) => {
    const found = await signIn(entra('invalid_grant', number), {}, { status: 400 });
    expect(found).toMatchObject({ whoFixes, remedy: expect.stringContaining(words) as string });
  });
});

describe('what has changed a moment ago', () => {
  it.each<[string, number, Partial<ProviderTarget>, ReasonCode]>([
    ['a secret', 7000215, { credentialAddedAt: ago(4 * MINUTE) }, 'credential.propagating'],
    [
      'a certificate',
      700027,
      { credential: certificate, credentialAddedAt: ago(MINUTE) },
      'credential.propagating',
    ],
    [
      'a federated credential',
      70021,
      { credential: federated, credentialAddedAt: ago(14 * MINUTE) },
      'credential.propagating',
    ],
    ['an application', 7000229, { consentedAt: ago(MINUTE) }, 'permission.propagating'],
    ['an application', 650051, { consentedAt: ago(MINUTE) }, 'permission.propagating'],
  ])('%s is waited for: AADSTS%i', async (_name, number, changes, reasonCode) => {
    const found = await signIn(entra('invalid_client', number), changes);
    expect(found).toMatchObject({ reasonCode, waitMs: 15_000 });
  });

  it.each<[string, number, Partial<ProviderTarget>, ReasonCode]>([
    ['old secrets', 7000215, { credentialAddedAt: ago(6 * MINUTE) }, 'credential.invalid'],
    [
      'old federation',
      70021,
      { credential: federated, credentialAddedAt: ago(16 * MINUTE) },
      'credential.federation_mismatch',
    ],
    ['old consents', 700016, { consentedAt: ago(40 * MINUTE) }, 'app.not_in_tenant'],
    ['secrets that have expired', 7000222, { credentialAddedAt: ago(1_000) }, 'credential.expired'],
    [
      'the id of a secret, pasted for its value',
      7000215,
      {
        credential: { kind: 'client_secret', clientSecret: 'c0ffee00-1234-4abc-9def-0123456789ab' },
        credentialAddedAt: ago(1_000),
      },
      'credential.invalid',
    ],
  ])('%s are not', async (_name, number, changes, reasonCode) => {
    expect(await signIn(entra('invalid_client', number), changes)).toMatchObject({
      reasonCode,
      waitMs: null,
    });
  });
});
