import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseTrustedIssuers } from '@gangway/domain/partner-auth/trusted-issuer';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { afterAll, expect, test } from 'vitest';
import { openPartnerApi } from './test-open-partner-api.js';

// Tokens of issuers of the partners' own, such as NextAuth, against a real key set.

let fetches = 0;
const ISSUER = 'https://auth.partner.example';
const AWAY_ISSUER = 'https://away.partner.example';
const BOUND_ISSUER = 'https://bound.partner.example';
const CUSTOM_ISSUER = 'https://login.partner.example';
const OTHER_PARTNER = '01900000-0000-7000-8000-00000000d002';
const DEMO_PARTNER = '01900000-0000-7000-8000-00000000d001';

const { publicKey, privateKey: issuerKey } = await generateKeyPair('RS256');
const jwk = { ...(await exportJWK(publicKey)), kid: 'external', alg: 'RS256', use: 'sig' };
const issuer = createServer((_request, response) => {
  fetches += 1;
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
}).listen(0, '127.0.0.1');
await new Promise((resolve) => issuer.once('listening', resolve));
afterAll(() => void issuer.close());
const jwksUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/jwks`;
const trustedIssuers = parseTrustedIssuers(
  JSON.stringify([
    { jwksUrl, issuer: ISSUER, audience: 'gangway' },
    {
      ...{ jwksUrl, issuer: CUSTOM_ISSUER, audience: 'gangway' },
      ...{ roleClaim: 'groups', partnerClaim: 'org', userTypes: ['staff'] },
    },
    { jwksUrl, issuer: BOUND_ISSUER, audience: 'gangway', partners: [DEMO_PARTNER.toUpperCase()] },
    { jwksUrl: 'http://127.0.0.1:1/jwks', issuer: AWAY_ISSUER, audience: 'gangway' },
  ]),
);
const api = await openPartnerApi({ withoutEngine: true, trustedIssuers });

const read = (token: string) =>
  api.call('GET', '/api/provisioning/tenants', { token }).then((answer) => answer.status);
const token = (payload: JWTPayload, header: Record<string, string> = {}, lifetime = '5m') =>
  new SignJWT({ iss: ISSUER, ...payload })
    .setProtectedHeader({ alg: 'RS256', kid: 'external', ...header })
    .setAudience('gangway')
    .setSubject('jane')
    .setJti('7')
    .setIssuedAt()
    .setExpirationTime(lifetime)
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

test('an issuer that is bound to partners speaks for no other', async () => {
  const of = (tenant: string) => token({ iss: BOUND_ISSUER, tenant, roles: ['partner-admin'] });
  expect([await read(await of(DEMO_PARTNER)), await read(await of(OTHER_PARTNER))]).toEqual([200, 401]);
});

test.each([
  ['partner-admin', ['tenant:read'], 200, 403],
  ['partner-admin', 'tenant:read', 200, 403],
  ['partner-admin', [], 403, 403],
  ['partner-admin', ['tenant:read', 'tenant:create'], 200, 400],
  ['integration-user', ['tenant:read', 'tenant:create'], 200, 403],
])('%s with the permissions %j does no more than both say', async (role, permissions, reads, creates) => {
  const narrow = await token({ tenant: DEMO_PARTNER, roles: [role], permissions });
  const create = await api.call('POST', '/api/provisioning/tenants', { token: narrow, body: {} });
  expect([await read(narrow), create.status]).toEqual([reads, creates]);
});

test('a stream of events ends with the token that opened it', async () => {
  const created = await api.call('POST', '/api/provisioning/tenants', {
    body: { client_name: 'Watched', email: 'watched@issuer.example' },
  });
  const run = `/api/provisioning/operation-runs/${String(created.body['operation_run_id'])}`;
  const short = await token({ tenant: DEMO_PARTNER, roles: ['partner-admin'] }, {}, '2s');
  const stream = await fetch(`${api.base}${run}/events`, { headers: { authorization: `Bearer ${short}` } });
  expect(await stream.text()).toContain('run.queued');
  expect((await api.call('GET', run)).body['status']).toBe('queued');
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

test.each([
  ['a number', 7],
  ['an object', { name: 'jane' }],
  ['a list', ['jane']],
  ['null', null],
  ['empty', ''],
  ['blank', ' '],
  ['with NUL', 'ja\u0000ne'],
  ['of two lines', 'jane\njoe'],
  ['written backwards', 'jane\u202eenaj'],
  ['a broken character', 'jane\ud800'],
  ['too long', 'j'.repeat(256)],
])('whose subject is %s does not get in', async (_case, sub) => {
  const claimed: Record<string, unknown> = { sub };
  const nobody = await new SignJWT({ tenant: DEMO_PARTNER, roles: ['partner-admin'], ...claimed })
    .setProtectedHeader({ alg: 'RS256', kid: 'external' })
    .setIssuer(ISSUER)
    .setAudience('gangway')
    .setJti('12')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(issuerKey);
  const answer = await api.call('POST', '/api/provisioning/tenants', {
    token: nobody,
    body: { client_name: 'By nobody', email: 'nobody@issuer.example' },
  });
  expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
    401,
    expect.stringContaining('error="invalid_token"'),
  ]);
  expect(await read(nobody)).toBe(401);
});

test('a token of somebody unknown causes no call, wherever it says its keys are', async () => {
  const { privateKey: stranger } = await generateKeyPair('RS256');
  const before = fetches;
  const forged = await new SignJWT({ tenant: DEMO_PARTNER, roles: ['partner-admin'] })
    .setProtectedHeader({ alg: 'RS256', kid: 'external', jku: 'http://127.0.0.1:1/' })
    .setIssuer('https://evil.example')
    .setAudience('gangway')
    .setSubject('eve')
    .setJti('11')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(stranger);
  expect(await read(forged)).toBe(401);
  expect(fetches).toBe(before);
});
