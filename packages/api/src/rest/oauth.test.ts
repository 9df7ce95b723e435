import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseTrustedIssuers } from '@gangway/domain/partner-auth/trusted-issuer';
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type JWTPayload,
} from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestPartnerApi, type TestPartnerApi } from './test-partner-api.js';

let api: TestPartnerApi;
let issuer: Server;
let issuerKey: CryptoKey;
let fetches = 0;
const ISSUER = 'https://auth.partner.example';
const AWAY_ISSUER = 'https://away.partner.example';
const CUSTOM_ISSUER = 'https://login.partner.example';
const OTHER_PARTNER = '01900000-0000-7000-8000-00000000d002';
const DEMO_PARTNER = '01900000-0000-7000-8000-00000000d001';

beforeAll(async () => {
  const pair = await generateKeyPair('RS256');
  issuerKey = pair.privateKey;
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'external', alg: 'RS256', use: 'sig' };
  issuer = createServer((_request, response) => {
    fetches += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => issuer.once('listening', resolve));
  const jwksUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/jwks`;
  const trustedIssuers = parseTrustedIssuers(
    JSON.stringify([
      { jwksUrl, issuer: ISSUER, audience: 'gangway' },
      {
        ...{ jwksUrl, issuer: CUSTOM_ISSUER, audience: 'gangway' },
        ...{ roleClaim: 'groups', partnerClaim: 'org', userTypes: ['staff'] },
      },
      { jwksUrl: 'http://127.0.0.1:1/jwks', issuer: AWAY_ISSUER, audience: 'gangway' },
    ]),
  );
  api = await startTestPartnerApi({ withoutEngine: true, trustedIssuers });
});
afterAll(async () => {
  expect(api.unexpected).toEqual([]);
  issuer.close();
  await api.close();
});

const ask = (form: Record<string, string> | string, headers: Record<string, string> = {}) =>
  fetch(`${api.base}/api/oauth/token`, {
    method: 'POST',
    body: typeof form === 'string' ? form : new URLSearchParams(form),
    headers,
  });
const read = (token: string) =>
  api.call('GET', '/api/provisioning/tenants', { token }).then((answer) => answer.status);
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});

test('issues a token by form and by Basic that the published keys verify', async () => {
  const grant = { grant_type: 'client_credentials' };
  const byForm = await ask({ ...grant, client_id: 'demo-partner', client_secret: 'demo-partner-secret' });
  const byBasic = await ask(grant, basic('demo-partner', 'demo-partner-secret'));
  expect([byForm.status, byBasic.status, byForm.headers.get('cache-control')]).toEqual([
    200,
    200,
    'no-store',
  ]);
  const body = (await byForm.json()) as { access_token: string };
  expect(body).toMatchObject({
    token_type: 'Bearer',
    expires_in: 900,
    scope: expect.stringContaining('tenant:create') as unknown,
  });
  const jwks = (await (await fetch(`${api.base}/.well-known/jwks.json`)).json()) as {
    keys: Record<string, unknown>[];
  };
  expect(jwks.keys[0]).not.toHaveProperty('d');
  const { payload, protectedHeader } = await jwtVerify(body.access_token, createLocalJWKSet(jwks as never));
  expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
  expect(payload).toMatchObject({
    sub: 'demo-partner',
    roles: ['partner-admin'],
    jti: expect.any(String) as unknown,
  });
  expect(await read(body.access_token)).toBe(200);
});

test.each([
  ['a wrong secret', { client_id: 'demo-partner', client_secret: 'wrong' }, 401, 'invalid_client'],
  ['an unknown client', { client_id: 'nobody', client_secret: 'wrong' }, 401, 'invalid_client'],
  ['no client', {}, 401, 'invalid_client'],
  ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
  [
    'a scope that it lacks',
    { client_id: 'demo-integration', client_secret: 'demo-integration-secret', scope: 'tenant:delete' },
    400,
    'invalid_scope',
  ],
])('refuses %s as RFC 6749 says', async (_case, form, status, error) => {
  const answer = await ask({ grant_type: 'client_credentials', ...(form as Record<string, string>) });
  expect([answer.status, await answer.json()]).toEqual([status, { error }]);
  expect(answer.headers.get('www-authenticate')?.startsWith('Basic') ?? false).toBe(status === 401);
});

test('refuses a credential given twice, and a body that is no form', async () => {
  const twice = await ask(
    { grant_type: 'client_credentials', client_id: 'a', client_secret: 'b' },
    basic('demo-partner', 'demo-partner-secret'),
  );
  expect(twice.status).toBe(400);
  const json = await ask('{}', { 'content-type': 'application/json' });
  expect([json.status, await json.json()]).toEqual([400, { error: 'invalid_request' }]);
});

test('rights are read at use: a revoked client is out with its token in hand', async () => {
  await api.house.db.prisma.partnerClient.create({
    data: {
      clientId: 'short',
      partnerId: DEMO_PARTNER,
      secretHash: 'x',
      roles: ['partner-admin'],
      permissions: ['tenant:read', 'tenant:create'],
    },
  });
  const token = await api.tokens.issue({
    clientId: 'short',
    partnerId: DEMO_PARTNER,
    roles: ['partner-admin'],
    permissions: ['tenant:read'],
  });
  expect(await read(token)).toBe(200);
  const create = await api.call('POST', '/api/provisioning/tenants', { token, body: {} });
  expect(create.status).toBe(403);
  await api.house.db.prisma.partnerClient.update({
    where: { clientId: 'short' },
    data: { revokedAt: new Date() },
  });
  expect(await read(token)).toBe(401);
});

describe('forged tokens', () => {
  const claims = { roles: ['partner-admin'], permissions: ['tenant:read'] };
  const sign = async (payload: JWTPayload, header: Record<string, unknown>) => {
    const { privateKey } = await generateKeyPair('ES256');
    return new SignJWT(payload)
      .setProtectedHeader({ alg: 'ES256', ...header })
      .setIssuedAt()
      .setExpirationTime('5m')
      .setJti('1')
      .setSubject('demo-partner')
      .sign(privateKey);
  };
  const base = { iss: 'http://localhost:3000', aud: 'http://localhost:3000/api', ...claims };

  test('none, another key, an unknown kid, an embedded key, another audience or type: all 401', async () => {
    const [known] = api.tokens.jwks.keys;
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const embedded = await new SignJWT(base)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', jwk: await exportJWK(publicKey) })
      .setIssuedAt()
      .setExpirationTime('5m')
      .setJti('1')
      .setSubject('demo-partner')
      .sign(privateKey);
    const none = new UnsecuredJWT(base)
      .setIssuedAt()
      .setExpirationTime('5m')
      .setJti('1')
      .setSubject('demo-partner')
      .encode();
    const hmac = await new SignJWT(base)
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: known?.kid ?? '' })
      .setIssuedAt()
      .setExpirationTime('5m')
      .setJti('1')
      .setSubject('demo-partner')
      .sign(new TextEncoder().encode(JSON.stringify(known).padEnd(64)));
    const tokens = [
      none,
      embedded,
      hmac,
      await sign(base, { typ: 'at+jwt', kid: known?.kid ?? '' }),
      await sign(base, { typ: 'at+jwt', kid: 'unknown' }),
    ];
    for (const token of tokens) expect(await read(token)).toBe(401);
    const before = fetches;
    expect(
      await read(
        await sign({ ...base, iss: 'https://evil.example' }, { typ: 'JWT', jku: 'http://127.0.0.1:1/' }),
      ),
    ).toBe(401);
    expect(fetches).toBe(before);
  });

  test('a token in the address is not looked at', async () => {
    const token = await api.tokenOf('demo-partner');
    expect(
      (await api.call('GET', `/api/provisioning/tenants?access_token=${token}`, { token: null })).status,
    ).toBe(401);
  });
});

describe('a trusted issuer', () => {
  const token = (payload: JWTPayload, header: Record<string, string> = {}) =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: 'RS256', kid: 'external', ...header })
      .setIssuer(ISSUER)
      .setAudience('gangway')
      .setSubject('jane')
      .setJti('7')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(issuerKey);

  test('its roles count, for the partner it names, and its keys are fetched once', async () => {
    const good = await token({
      tenant: DEMO_PARTNER,
      user_type: 'internal',
      roles: [{ role_name: 'partner-admin' }],
    });
    expect(await read(good)).toBe(200);
    expect(await read(good)).toBe(200);
    expect(fetches).toBe(1);
    expect(
      await read(await token({ tenant: DEMO_PARTNER, roles: ['partner-admin'] }, { kid: 'unknown' })),
    ).toBe(401);
    expect(fetches).toBe(1);
  });

  test('a token that has ended, is meant for somebody else or is not signed by its key does not get in', async () => {
    const claims = { tenant: DEMO_PARTNER, user_type: 'internal', roles: ['partner-admin'] };
    const sign = (audience: string, lifetime: string, key: CryptoKey) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'external' })
        .setIssuer(ISSUER)
        .setAudience(audience)
        .setSubject('jane')
        .setJti('8')
        .setIssuedAt()
        .setExpirationTime(lifetime)
        .sign(key);
    const { privateKey: stranger } = await generateKeyPair('RS256');
    expect(await read(await sign('gangway', '5m', issuerKey))).toBe(200);
    expect(await read(await sign('gangway', '-1m', issuerKey))).toBe(401);
    expect(await read(await sign('another', '5m', issuerKey))).toBe(401);
    expect(await read(await sign('gangway', '5m', stranger))).toBe(401);
  });

  test('where its keys cannot be had, nobody knows yet: 503, and no 401', async () => {
    const token = await new SignJWT({ tenant: DEMO_PARTNER, roles: ['partner-admin'] })
      .setProtectedHeader({ alg: 'RS256', kid: 'external' })
      .setIssuer(AWAY_ISSUER)
      .setAudience('gangway')
      .setSubject('jane')
      .setJti('10')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(issuerKey);
    const answer = await api.call('GET', '/api/provisioning/tenants', { token });
    expect([answer.status, answer.body['reason_code'], answer.headers.get('retry-after')]).toEqual([
      503,
      'auth.issuer_unavailable',
      '10',
    ]);
  });

  test('its claims are called what the operator says, and its users act under their own name', async () => {
    const custom = await new SignJWT({ org: OTHER_PARTNER, groups: 'partner-admin', user_type: 'staff' })
      .setProtectedHeader({ alg: 'RS256', kid: 'external' })
      .setIssuer(CUSTOM_ISSUER)
      .setAudience('gangway')
      .setSubject('joe')
      .setJti('9')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(issuerKey);
    const created = await api.call('POST', '/api/provisioning/tenants', {
      token: custom,
      body: { client_name: 'By Joe', email: 'joe@issuer.example' },
    });
    expect(created.status).toBe(201);
    const events = await api.call('GET', '/api/provisioning/audit-events?action=tenants.create', {
      token: custom,
    });
    expect(events.body['items']).toMatchObject([
      { actor: 'joe', actor_id: `${CUSTOM_ISSUER}#joe`, target_id: created.body['tenant'] },
    ]);
  });

  test.each([
    ['no role', { tenant: DEMO_PARTNER, roles: ['viewer'] }, 403],
    ['no partner', { roles: ['partner-admin'] }, 401],
    ['an unknown partner', { tenant: '01900000-0000-7000-8000-0000000000ff', roles: ['partner-admin'] }, 401],
    ['a client user', { tenant: DEMO_PARTNER, user_type: 'client', roles: ['partner-admin'] }, 401],
    ['a refresh token', { tenant: DEMO_PARTNER, token_use: 'refresh', roles: ['partner-admin'] }, 401],
  ])('with %s it does not get in', async (_case, payload, status) => {
    expect(await read(await token(payload))).toBe(status);
  });
});
