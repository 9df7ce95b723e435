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

  it('offers consent, and returns to registered addresses only', async () => {
    const page = async (scenario: string, redirect: string) => {
      const query = new URLSearchParams({
        client_id: CLIENT_ID,
        redirect_uri: redirect,
        state: 's"<1>',
        scope: 'x',
      });
      const response = await fetch(
        `${lab.base}/${scenario}.sandbox.example/v2.0/adminconsent?${query.toString()}`,
      );
      return { status: response.status, text: await response.text() };
    };
    const offered = await page('healthy', 'http://app.example:3000/consent/return');
    const links = [...offered.text.matchAll(/href="([^"]+)"/g)].map(
      (match) => new URL((match[1] ?? '').replaceAll('&amp;', '&')),
    );
    expect(links.map(({ origin, pathname }) => origin + pathname)).toEqual(
      Array(2).fill('http://app.example:3000/consent/return'),
    );
    const answers = links.map(({ searchParams }) => Object.fromEntries(searchParams));
    const common = { admin_consent: 'True', tenant: uuidV5('healthy.sandbox.example'), state: 's"<1>' };
    expect(answers).toMatchObject([common, { ...common, error: 'access_denied' }]);
    expect(answers[0]).not.toHaveProperty('error');
    for (const evil of ['https://evil.example/', '//evil.example', 'javascript:alert(1)', '']) {
      const refused = await page('healthy', evil);
      expect([refused.status, refused.text.includes('href=')]).toEqual([400, false]);
    }
    expect((await page('consent-redirect-mismatch', 'http://app.example:3000/')).status).toBe(400);
    expect((await page('consent-declined', 'http://app.example:3000/')).text).not.toContain('>Accept<');
  });
});
