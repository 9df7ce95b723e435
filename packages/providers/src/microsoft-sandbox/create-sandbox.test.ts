import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLab, type SandboxLab } from '../testing/sandbox-lab.js';
import { uuidV5 } from './uuid-v5.js';

const CLIENT_ID = '5a4d0b0c-0000-4000-8000-000000000001';

describe('the sandbox, as any client sees it', () => {
  let lab: SandboxLab;
  beforeAll(async () => {
    lab = await openLab({ redirectOrigins: ['http://app.example:3000'] });
  });
  afterAll(() => lab.close());

  const postToken = (scenario: string, changes: Record<string, string> = {}) =>
    fetch(`${lab.base}/${scenario}.sandbox.example/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: CLIENT_ID,
        client_secret: 'sandbox-secret',
        scope: `${lab.base}/.default`,
        ...changes,
      }),
    });
  const tokenOf = async (scenario: string) =>
    ((await (await postToken(scenario)).json()) as { access_token: string }).access_token;
  const get = async (path: string, headers: Record<string, string> = {}, scenario = 'healthy') => {
    const url = path.startsWith('http') ? path : `${lab.base}${path}`;
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${await tokenOf(scenario)}`, ...headers },
    });
    return {
      status: response.status,
      body: (await response.json()) as Record<string, unknown> & { value: unknown[] },
    };
  };

  it('signs tokens that its published keys verify', async () => {
    const discovery = await fetch(
      `${lab.base}/healthy.sandbox.example/v2.0/.well-known/openid-configuration`,
    );
    const { issuer, jwks_uri } = (await discovery.json()) as { issuer: string; jwks_uri: string };
    const { payload } = await jwtVerify(await tokenOf('healthy'), createRemoteJWKSet(new URL(jwks_uri)), {
      issuer,
      audience: lab.base,
    });
    expect(payload).toMatchObject({ tid: uuidV5('healthy.sandbox.example'), appid: CLIENT_ID });
    expect(payload['roles']).toContain('User.Read.All');
  });

  it.each([
    [{ client_secret: 'wrong' }, 401, 7000215],
    [{ client_secret: '' }, 401, 7000218],
    [{ client_id: '5a4d0b0c-0000-4000-8000-000000000002' }, 401, 700016],
    [{ grant_type: 'password' }, 400, 70003],
    [{ grant_type: '' }, 400, 900144],
    [{ scope: 'https://graph.microsoft.com/.default' }, 400, 70011],
  ])('refuses %o', async (changes, status, aadsts) => {
    const response = await postToken('healthy', changes);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      error_codes: [aadsts],
      error_description: expect.stringContaining(`AADSTS${aadsts}:`) as string,
    });
  });

  it('answers 400 to what Graph does not know, and 401 to whom it does not', async () => {
    for (const path of ['/v1.0/tenantCapabilities', '/v1.0/users/1', '/beta/users', '/v1.0', '/anything']) {
      expect(await get(path)).toMatchObject({ status: 400, body: { error: { code: 'BadRequest' } } });
    }
    const stranger = await fetch(`${lab.base}/v1.0/users`, { headers: { authorization: 'Bearer x.y.z' } });
    expect([stranger.status, (await fetch(`${lab.base}/v1.0/users`)).status]).toEqual([401, 401]);
    expect((await fetch(`${lab.base}/v1.0/users`, { method: 'POST' })).status).toBe(400);
  });

  it('enforces the roles of the token', async () => {
    expect(await get('/v1.0/users', {}, 'consent-missing')).toMatchObject({
      status: 403,
      body: { error: { code: 'Authorization_RequestDenied' } },
    });
    expect((await get(`/v1.0/servicePrincipals(appId='${CLIENT_ID}')`, {}, 'consent-missing')).status).toBe(
      200,
    );
    expect((await get('/v1.0/oauth2PermissionGrants')).status).toBe(403);
    expect((await get('/v1.0/oauth2PermissionGrants', {}, 'permission-delegated-only')).status).toBe(200);
  });

  it('enforces documented options and page sizes', async () => {
    expect((await get('/v1.0/users?$top=999')).body.value).toHaveLength(999);
    expect((await get('/v1.0/users')).body.value).toHaveLength(100);
    for (const query of [
      'users?$top=1000',
      'users?$top=0',
      'users?$skiptoken=abc',
      'users?$orderby=id',
      'directoryRoles?$top=1',
      'subscribedSkus?$top=1',
    ]) {
      expect(await get(`/v1.0/${query}`)).toMatchObject({
        status: 400,
        body: { error: { code: 'Request_UnsupportedQuery' } },
      });
    }
    expect((await get('/v1.0/users?$top=1&$select=id,mail')).body.value).toEqual([
      { id: expect.any(String) as string, mail: 'user0001@healthy.sandbox.example' },
    ]);
  });

  it('wants ConsistencyLevel on every page of a count', async () => {
    const headers = { consistencylevel: 'eventual' };
    const first = await get('/v1.0/users?$count=true&$top=999', headers);
    expect(first.body['@odata.count']).toBe(1_234);
    const next = first.body['@odata.nextLink'] as string;
    expect((await get(next)).status).toBe(400);
    expect(await get(next, headers)).toMatchObject({ status: 200, body: { value: [] } });
  });

  const consentPage = async (scenario: string, redirect: string, answer?: string) => {
    const query = new URLSearchParams({
      client_id: CLIENT_ID,
      redirect_uri: redirect,
      state: 's"<1>',
      scope: 'x',
    });
    const url = `${lab.base}/${scenario}.sandbox.example/v2.0/adminconsent?${query.toString()}`;
    const body = answer === undefined ? null : new URLSearchParams({ answer });
    const response = await fetch(url, { method: body ? 'POST' : 'GET', body, redirect: 'manual' });
    const location = response.headers.get('location') ?? '';
    return { status: response.status, text: await response.text(), location };
  };
  const APP = 'http://app.example:3000/consent/return';

  it('asks for consent, and returns to registered addresses only', async () => {
    const offered = await consentPage('healthy', APP);
    expect([offered.status, offered.text.match(/<button/g)?.length]).toEqual([200, 2]);
    const common = { admin_consent: 'True', tenant: uuidV5('healthy.sandbox.example'), state: 's"<1>' };
    const accepted = new URL((await consentPage('healthy', APP, 'Accept')).location);
    expect(accepted.origin + accepted.pathname).toBe(APP);
    expect(Object.fromEntries(accepted.searchParams)).toEqual({ ...common, scope: `${lab.base}/.default` });
    const declined = new URL((await consentPage('healthy', APP, 'Cancel')).location);
    expect(Object.fromEntries(declined.searchParams)).toMatchObject({ ...common, error: 'access_denied' });
    for (const evil of ['https://evil.example/', '//evil.example', 'javascript:alert(1)', '']) {
      for (const answer of [undefined, 'Accept']) {
        const refused = await consentPage('healthy', evil, answer);
        expect([refused.status, refused.location, refused.text.includes('<form')]).toEqual([400, '', false]);
      }
    }
    expect((await consentPage('consent-redirect-mismatch', APP)).status).toBe(400);
    for (const [scenario, returned] of [
      ['consent-cancelled', { error: 'access_denied', error_subcode: 'cancel' }],
      [
        'consent-wrong-account',
        {
          error: 'access_denied',
          error_description: expect.stringMatching(
            /^AADSTS50020: Sandbox\.\r\nTrace ID: [\w-]{36}\r\nCorrelation ID: [\w-]{36}\r\nTimestamp: /,
          ) as string,
        },
      ],
    ] as const) {
      const back = new URL((await consentPage(scenario, APP, 'Accept')).location);
      expect(Object.fromEntries(back.searchParams)).toMatchObject({ admin_consent: 'True', ...returned });
    }
    expect((await consentPage('consent-declined', APP)).text).not.toContain('Accept</button>');
    expect((await consentPage('consent-declined', APP, 'Accept')).location).toContain('error=access_denied');
  });

  it.each(['consent-missing', 'permission-missing', 'permission-delegated-only', 'app-not-in-tenant'])(
    'consent mends %s until it is withdrawn, and declining mends nothing',
    async (scenario) => {
      const isWhole = async () => {
        const response = await postToken(scenario);
        if (response.status !== 200) return false;
        return (await get('/v1.0/identity/conditionalAccess/policies', {}, scenario)).status === 200;
      };
      expect(await isWhole()).toBe(false);
      await consentPage(scenario, APP, 'Cancel');
      expect(await isWhole()).toBe(false);
      await consentPage(scenario, APP, 'Accept');
      expect(await isWhole()).toBe(true);
      expect((await consentPage(scenario, APP)).text).toContain('Withdraw</button>');
      await consentPage(scenario, APP, 'Withdraw');
      expect(await isWhole()).toBe(false);
    },
  );
});

it('says the scheme of its public address where it is asked by that host, and no other', async () => {
  const lab = await openLab({ publicUrl: 'https://gangway.example' });
  const issuerFor = (host: string) =>
    new Promise<string>((resolve, reject) => {
      const path = '/sandbox/healthy.sandbox.example/v2.0/.well-known/openid-configuration';
      const sent = request(new URL(path, lab.origin), { headers: { host } }, (response) => {
        json(response).then((body) => resolve((body as { issuer: string }).issuer), reject);
      });
      sent.on('error', reject).end();
    });
  const directory = uuidV5('healthy.sandbox.example');
  expect(await issuerFor('gangway.example')).toBe(`https://gangway.example/sandbox/${directory}/v2.0`);
  expect(await issuerFor('127.0.0.1:3000')).toBe(`http://127.0.0.1:3000/sandbox/${directory}/v2.0`);
  await lab.close();
});
