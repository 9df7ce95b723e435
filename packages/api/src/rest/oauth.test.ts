import { issueToken } from '@gangway/domain/partner-auth/issue-token';
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
  UnsecuredJWT,
  type JWTPayload,
} from 'jose';
import { describe, expect, test } from 'vitest';
import { openPartnerApi } from './test-open-partner-api.js';

const api = await openPartnerApi({ withoutEngine: true });
const DEMO_PARTNER = '01900000-0000-7000-8000-00000000d001';

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
  expect([answer.status, await answer.json()]).toEqual([
    status,
    { error, error_description: expect.stringMatching(/^[A-Za-z].{10,}/) as unknown },
  ]);
  expect(answer.headers.get('www-authenticate')?.startsWith('Basic') ?? false).toBe(status === 401);
});

test('a client that asks for many tokens at once is not locked out by it', async () => {
  const client = { id: 'demo-partner', secret: 'demo-partner-secret' };
  const scope = { app: api.app, requestId: 'request', clientAddress: '203.0.113.7' };
  const issue = () => issueToken(scope, client, null);
  const answers = await Promise.allSettled(Array.from({ length: 120 }, issue));
  expect(answers.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(50);
  expect(await issue()).toMatchObject({ token_type: 'Bearer' });
});

test('a partner sees who asked for tokens of its client, and that somebody tries its secret', async () => {
  const grant = { grant_type: 'client_credentials', client_id: 'demo-integration' };
  const right = { ...grant, client_secret: 'demo-integration-secret' };
  await ask({ ...grant, client_secret: 'a guess' });
  await ask({ ...right, scope: 'tenant:delete' });
  await ask(right);
  await ask({ ...grant, client_id: 'nobody', client_secret: 'a guess' });
  const query = 'action=oauth.token&target_id=demo-integration&limit=3';
  const { body } = await api.call('GET', `/api/provisioning/audit-events?${query}`);
  const target = { target_kind: 'partner_client', target_id: 'demo-integration' };
  const client = { actor_kind: 'partner', actor: 'demo-integration', ...target };
  expect(body['items']).toMatchObject([
    { ...client, outcome: 'allowed', reason_code: null },
    { ...client, outcome: 'denied', reason_code: 'partner.permission_missing' },
    { ...target, actor: 'somebody', outcome: 'denied', reason_code: 'auth.invalid_credentials' },
  ]);
  expect(JSON.stringify(body)).not.toContain('a guess');
  const unknown = await api.app.db.prisma.auditEvent.findFirst({
    where: { action: 'oauth.token' },
    orderBy: { id: 'desc' },
  });
  expect(unknown).toMatchObject({ partnerId: null, targetId: null, outcome: 'denied' });
});

test('refuses a credential given twice, and a body that is no form', async () => {
  const twice = await ask(
    { grant_type: 'client_credentials', client_id: 'a', client_secret: 'b' },
    basic('demo-partner', 'demo-partner-secret'),
  );
  expect(twice.status).toBe(400);
  const json = await ask('{}', { 'content-type': 'application/json' });
  expect([json.status, await json.json()]).toEqual([
    400,
    { error: 'invalid_request', error_description: 'Send a form, each field once' },
  ]);
});

test('rights are read at use: a revoked client is out with its token in hand', async () => {
  await api.app.db.prisma.partnerClient.create({
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
  await api.app.db.prisma.partnerClient.update({
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
    expect(
      await read(
        await sign({ ...base, iss: 'https://evil.example' }, { typ: 'JWT', jku: 'http://127.0.0.1:1/' }),
      ),
    ).toBe(401);
  });

  test('a token in the address is not looked at', async () => {
    const token = await api.tokenOf('demo-partner');
    expect(
      (await api.call('GET', `/api/provisioning/tenants?access_token=${token}`, { token: null })).status,
    ).toBe(401);
  });
});
