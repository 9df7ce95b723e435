import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Auth, type AuthConfig } from '@auth/core';
import { encode as encodeAsUsual } from '@auth/core/jwt';
import Credentials from '@auth/core/providers/credentials';
import { parseTrustedIssuers } from '@gangway/domain/partner-auth/trusted-issuer';
import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';
import * as oauth from 'openid-client';
import { afterAll, expect, test } from 'vitest';
import { openPartnerApi } from './test-open-partner-api.js';

// Gangway between a real authorization server, a real Auth.js and a real OAuth client.

const PARTNER = '01900000-0000-7000-8000-00000000d001';
const AUTH_JS = 'https://portal.contoso.example';
const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
const privateJwk = { ...(await exportJWK(privateKey)), kid: 'provider', alg: 'RS256' };
const jwk = { ...(await exportJWK(publicKey)), kid: 'portal', alg: 'RS256', use: 'sig' };

/** Serves on a free port until the file ends; `serve` is told where. */
async function listen(serve: (base: string) => RequestListener): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on('request', serve(base));
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return base;
}

const provider = await listen((base) =>
  new Provider(base, {
    clients: [
      {
        client_id: 'crm',
        client_secret: 'crm-secret',
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
      },
    ],
    jwks: { keys: [{ ...privateJwk, use: 'sig' }] },
    cookies: { keys: ['not used here'] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:gangway',
        getResourceServerInfo: () => ({
          ...{ scope: '', audience: 'gangway', accessTokenFormat: 'jwt' as const },
          jwt: { sign: { alg: 'RS256' as const } },
        }),
      },
    },
    extraTokenClaims: () => ({ tenant: PARTNER, realm_access: { roles: ['partner-admin'] } }),
  }).callback(),
);
const portal = await listen(() => (_request, response) => {
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
});
const api = await openPartnerApi({
  withoutEngine: true,
  trustedIssuers: parseTrustedIssuers(
    JSON.stringify([
      { issuer: provider, jwksUrl: `${provider}/jwks`, audience: 'gangway', roleClaim: 'realm_access.roles' },
      { issuer: AUTH_JS, jwksUrl: portal, audience: 'gangway', partners: [PARTNER] },
    ]),
  ),
});
const read = async (token: string) =>
  (await api.call('GET', '/api/provisioning/tenants?limit=1', { token })).status;

test('a token of an OpenID provider, asked for by client credentials, gets in', async () => {
  const config = await oauth.discovery(new URL(provider), 'crm', 'crm-secret', undefined, {
    execute: [oauth.allowInsecureRequests],
  });
  const { access_token: token } = await oauth.clientCredentialsGrant(config, { resource: 'urn:gangway' });
  expect(await read(token)).toBe(200);
});

test('an OAuth client finds the token endpoint by itself', async () => {
  // The test server listens on a port of its own, and not where APP_URL says.
  const toServer: oauth.CustomFetch = (url, options) =>
    fetch(url.replace(api.app.appUrl, api.base), options as RequestInit);
  const config = await oauth.discovery(
    new URL(api.app.appUrl),
    'demo-partner',
    'demo-partner-secret',
    undefined,
    { algorithm: 'oauth2', execute: [oauth.allowInsecureRequests], [oauth.customFetch]: toServer },
  );
  const { grant_types_supported: grants, scopes_supported: scopes } = config.serverMetadata();
  expect([grants, scopes]).toEqual([['client_credentials'], expect.arrayContaining(['tenant:read'])]);
  const granted = await oauth.clientCredentialsGrant(config, { scope: 'tenant:read' });
  expect([granted.scope, await read(granted.access_token)]).toEqual(['tenant:read', 200]);
});

/** Signs somebody in with Auth.js, and gives the token in their session cookie. */
async function signInWithAuthJs(jwt: AuthConfig['jwt']): Promise<string> {
  const config: AuthConfig = {
    secret: 'a secret of thirty-two characters',
    trustHost: true,
    basePath: '/auth',
    providers: [Credentials({ credentials: {}, authorize: () => ({ id: 'jane' }) })],
    session: { strategy: 'jwt', maxAge: 600 },
    ...(jwt ? { jwt } : {}),
    callbacks: {
      jwt: ({ token }) => ({ ...token, tenant: PARTNER, user_type: 'partner', roles: ['partner-admin'] }),
    },
  };
  const csrf = await Auth(new Request(`${AUTH_JS}/auth/csrf`), config);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const response = await Auth(
    new Request(`${AUTH_JS}/auth/callback/credentials`, {
      method: 'POST',
      headers: {
        cookie: csrf.headers
          .getSetCookie()
          .map((one) => one.split(';')[0])
          .join('; '),
      },
      body: new URLSearchParams({ csrfToken }),
    }),
    config,
  );
  const cookie = response.headers.getSetCookie().find((one) => /session-token=\S/.test(one)) ?? '';
  return /session-token=([^;]+)/.exec(cookie)?.[1] ?? '';
}

test('a session token of Auth.js is encrypted and does not get in; with the documented encode it does', async () => {
  const usual = await signInWithAuthJs(undefined);
  expect([usual.split('.').length, await read(usual)]).toEqual([5, 401]);
  const made = await encodeAsUsual({ token: { sub: 'jane' }, secret: 'x', salt: 'y' });
  expect(made.split('.')).toHaveLength(5);
  const signed = await signInWithAuthJs({
    encode: ({ token, maxAge = 600 }) =>
      new SignJWT({ ...token })
        .setProtectedHeader({ alg: 'RS256', kid: 'portal', typ: 'JWT' })
        .setIssuer(AUTH_JS)
        .setAudience('gangway')
        .setIssuedAt()
        .setExpirationTime(`${maxAge}s`)
        .sign(privateKey),
    decode: async ({ token }) =>
      token ? (await jwtVerify(token, publicKey, { issuer: AUTH_JS, audience: 'gangway' })).payload : null,
  });
  expect([signed.split('.').length, await read(signed)]).toEqual([3, 200]);
});
