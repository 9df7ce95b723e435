import type { BootstrapType } from '@gangway/contract/operation-types';
import type { ReasonCode } from '@gangway/contract/reason-codes';
import { afterEach, describe, expect, it } from 'vitest';
import type { CheckFacts, ProviderTarget } from '../port.js';
import { type JsonAnswer, type MicrosoftLab, openMicrosoft } from '../testing/microsoft-lab.js';
import { passedChecks } from '../testing/passed-checks.js';

const TOKEN: JsonAnswer = {
  body: { token_type: 'Bearer', expires_in: 3_599, ext_expires_in: 3_599, access_token: 'o' },
};
const target: ProviderTarget = {
  entraTenantId: '1e2d3c4b-5a69-4788-9796-a5b4c3d2e1f0',
  cloud: 'usgov',
  clientId: '9f8e7d6c-5b4a-4392-8170-6f5e4d3c2b1a',
  domain: null,
  credential: { kind: 'client_secret', clientSecret: 'Yx7~canary' },
  expiresAt: null,
  consentedAt: null,
};
const error = (code: string, more: Record<string, unknown> = {}) => ({
  error: { code, message: 'Text.', ...more },
});
const INTUNE_TEXT = JSON.stringify({
  _version: 3,
  Message:
    'Application is not authorized to perform this operation. - Operation ID (for customer support): 00000000',
  CustomApiErrorPhrase: '',
  RetryAfter: null,
  ErrorSourceService: '',
  HttpHeaders: '{}',
});

let lab: MicrosoftLab | null = null;
afterEach(() => lab?.close());

async function read(graph: JsonAnswer, type: BootstrapType = 'inventory.domains'): Promise<unknown> {
  lab = await openMicrosoft(({ host }) => (host === 'login' ? TOKEN : graph));
  return lab.provider.read(type, target, AbortSignal.timeout(15_000)).then(
    () => 'read',
    (thrown: unknown) => thrown,
  );
}

describe('what a refused read means', () => {
  const challenge = (status: number, header: string): JsonAnswer => ({
    status,
    headers: { 'www-authenticate': header },
    body: error('InvalidAuthenticationToken'),
  });
  it.each<[string, JsonAnswer, ReasonCode]>([
    [
      'no permissions in the token',
      { status: 403, body: error('NoPermissionsInAccessToken') },
      'permission.missing',
    ],
    [
      'the principal is disabled',
      { status: 403, body: error('Authorization_IdentityDisabled') },
      'app.disabled',
    ],
    [
      'the principal is unknown',
      { status: 401, body: error('Authorization_IdentityNotFound') },
      'app.not_in_tenant',
    ],
    [
      'a token of another cloud',
      {
        status: 401,
        body: error('InvalidAuthenticationToken', { innerError: { code: 'InvalidCloudInstance' } }),
      },
      'tenant.wrong_cloud',
    ],
    [
      'three levels down',
      {
        status: 403,
        body: error('a', {
          innererror: { code: 'b', innerError: { code: 'c', innererror: { code: 'PimLicenseRequired' } } },
        }),
      },
      'license.missing',
    ],
    [
      'in the details',
      { status: 400, body: error('x', { details: [{ code: 'AadPremiumLicenseRequired' }] }) },
      'license.missing',
    ],
    [
      'a challenge with 401',
      challenge(401, 'Bearer realm="", error="insufficient_claims", claims="eyJ4Ijp7fX0="'),
      'policy.conditional_access',
    ],
    [
      'a challenge with 403',
      challenge(403, 'Bearer authorization_uri=https://x.example, error="insufficient_claims"'),
      'policy.conditional_access',
    ],
    [
      'a challenge without more',
      challenge(403, 'Bearer realm="graph", error="invalid_token"'),
      'permission.missing',
    ],
    ['501', { status: 501, body: error('NotImplemented') }, 'service.not_enabled'],
    [
      'throttled, whatever the status',
      { status: 403, body: error('activityLimitReached') },
      'provider.throttled',
    ],
    ['throttled with 509', { status: 509, body: {} }, 'provider.throttled'],
    [
      'throttled with 503',
      { status: 503, headers: { 'retry-after': '7' }, body: error('throttledRequest') },
      'provider.throttled',
    ],
    [
      'a replica is down',
      { status: 404, body: error('Directory_ReplicaUnavailable') },
      'provider.unavailable',
    ],
    ['504', { status: 504, headers: { 'retry-after': '9' }, body: 'late' }, 'provider.unavailable'],
    [
      'a challenge that only asks for a token',
      challenge(
        401,
        'Bearer realm="", authorization_uri="https://login.microsoftonline.us/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"',
      ),
      'provider.unexpected_response',
    ],
    ['402', { status: 402, body: error('PaymentRequired') }, 'provider.unexpected_response'],
  ])('%s', async (_name, graph, reasonCode) => {
    expect(await read(graph)).toMatchObject({ reasonCode });
  });

  it.each<[string, JsonAnswer, ReasonCode]>([
    ['not registered', { status: 401, body: error('InvalidAuthenticationToken') }, 'license.missing'],
    [
      'no way to redirect',
      {
        status: 403,
        body: error('Forbidden', { message: 'Unable to perform redirect as Location Header is not set' }),
      },
      'license.missing',
    ],
    [
      'an error in an error',
      { status: 403, body: error('Forbidden', { message: INTUNE_TEXT }) },
      'permission.missing',
    ],
    [
      'an error that is cut',
      { status: 403, body: error('Forbidden', { message: INTUNE_TEXT.slice(0, 60) }) },
      'permission.missing',
    ],
  ])('of Intune: %s', async (_name, graph, reasonCode) => {
    expect(await read(graph, 'intune.compliance_policies')).toMatchObject({ reasonCode });
  });
});

describe('a refusal against what the rows before proved', () => {
  async function probe(
    facts: Partial<CheckFacts>,
    path: string,
    refusal: JsonAnswer,
    consentedAt: string | null = null,
  ) {
    lab = await openMicrosoft((request) => {
      if (request.host === 'login') return TOKEN;
      return request.path.startsWith(path) ? refusal : { body: { value: [] } };
    });
    const earlier = passedChecks({ token_claims: facts, granted_permissions: facts });
    const asked = lab.provider.check(
      'capability_probes',
      { ...target, consentedAt },
      earlier,
      AbortSignal.timeout(15_000),
    );
    return asked.then(
      ({ check, permissions }) => ({ ...check, permissions }),
      (thrown: unknown) => thrown,
    );
  }
  const ALL = ['Directory.Read.All', 'Policy.Read.All', 'DeviceManagementConfiguration.Read.All'];
  const held: Partial<CheckFacts> = {
    tokenRoles: ALL,
    grants: ALL.map((permission) => ({ permission, grantedAt: '2024-02-29T12:00:00Z' })),
  };
  const REFUSED: JsonAnswer = { status: 403, body: error('Authorization_RequestDenied') };

  it('granted for long, in the token, and refused: it does not work, and is not called missing', async () => {
    expect(await probe(held, '/v1.0/policies', REFUSED)).toMatchObject({
      status: 'fail',
      reasonCode: 'permission.ineffective',
    });
  });

  it('only Intune refuses: the tenant has none', async () => {
    expect(await probe(held, '/v1.0/deviceManagement', REFUSED)).toMatchObject({
      status: 'warn',
      reasonCode: 'license.missing',
    });
  });

  it('granted a moment ago: waited for', async () => {
    const grantedAt = new Date().toISOString();
    const young = { ...held, grants: ALL.map((permission) => ({ permission, grantedAt })) };
    expect(await probe(young, '/v1.0/policies', REFUSED)).toMatchObject({
      reasonCode: 'permission.propagating',
      retryAfterMs: 30_000,
    });
  });

  it('an identity that is not there yet, after a young consent: waited for', async () => {
    const absent: JsonAnswer = { status: 401, body: error('Authorization_IdentityNotFound') };
    const found = await probe(held, '/v1.0/users', absent, new Date(Date.now() - 90_000).toISOString());
    expect(found).toMatchObject({ reasonCode: 'permission.propagating', retryAfterMs: 15_000 });
  });
});
