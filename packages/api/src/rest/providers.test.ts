import { parseTrustedIssuers } from '@gangway/domain/partner-auth/trusted-issuer';
import { expect, test } from 'vitest';
import { startIssuer } from './test-issuer.js';
import { openPartnerApi } from './test-open-partner-api.js';

// Access tokens with the claims that each provider's documentation shows, against the settings of docs/trusted-issuers.md.

const PARTNER = '01900000-0000-7000-8000-00000000d001';
const DIRECTORY = '6e8992ec-76d5-4ea5-8eae-b0c5e558749a';
const provider = await startIssuer();
let clock = 1_000_000;

const SETTINGS = {
  keycloak: {
    issuer: 'https://id.contoso.example/realms/partners',
    roleClaim: 'resource_access.gangway.roles',
    partnerClaim: 'organization',
    partnerMap: { contoso: PARTNER },
  },
  keycloakRealm: {
    issuer: 'https://id.contoso.example/realms/staff',
    roleClaim: 'realm_access.roles',
    partnerClaim: 'gangway.partner',
  },
  entra: {
    issuer: `https://login.microsoftonline.com/${DIRECTORY}/v2.0`,
    partnerClaim: 'tid',
    partnerMap: { [DIRECTORY]: PARTNER },
  },
  auth0: {
    issuer: 'https://contoso.eu.auth0.com/',
    roleClaim: 'https://gangway.example/roles',
    partnerClaim: 'org_id',
    partnerMap: { org_9ybsU1dN2dKfDkBi: PARTNER },
  },
  okta: {
    issuer: 'https://contoso.okta.com/oauth2/default',
    roleClaim: 'groups',
    permissionClaim: 'scp',
    partnerClaim: 'partner',
  },
  zitadel: {
    issuer: 'https://contoso.zitadel.cloud',
    roleClaim: 'urn:zitadel:iam:org:project:roles',
    partnerClaim: 'urn:zitadel:iam:user:resourceowner:id',
    partnerMap: { '170086824411201793': PARTNER },
  },
  words: { issuer: 'https://words.example', roleClaim: 'scope', partners: [PARTNER] },
} as const;
type Name = keyof typeof SETTINGS;

const entries = Object.values(SETTINGS).map((entry) => ({
  ...{ jwksUrl: provider.jwksUrl, audience: 'gangway' },
  ...entry,
}));
const api = await openPartnerApi({
  withoutEngine: true,
  trustedIssuers: parseTrustedIssuers(JSON.stringify(entries), { now: () => clock }),
});

const claimsOf = (name: Name, claims: object) => {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: SETTINGS[name].issuer,
    aud: 'gangway',
    sub: 'auth|4711',
    iat: now,
    exp: now + 300,
    ...claims,
  };
};
const read = async (token: string) => {
  const answer = await api.call('GET', '/api/provisioning/tenants?limit=1', { token });
  return answer.status;
};
const create = async (token: string) =>
  (await api.call('POST', '/api/provisioning/tenants', { token, body: {} })).status;

const GOOD: [string, Name, object, object][] = [
  [
    'Keycloak, roles of a client, organization as list',
    'keycloak',
    { typ: 'JWT' },
    {
      ...{ typ: 'Bearer', azp: 'portal', aud: ['gangway', 'account'], organization: ['contoso'] },
      resource_access: { gangway: { roles: ['partner-admin'] }, account: { roles: ['view-profile'] } },
    },
  ],
  [
    'Keycloak, organization with its id',
    'keycloak',
    { typ: 'at+jwt' },
    { organization: { contoso: { id: 'x' } }, resource_access: { gangway: { roles: ['partner-admin'] } } },
  ],
  [
    'Keycloak, roles of the realm, an attribute in an object',
    'keycloakRealm',
    { typ: 'JWT' },
    {
      gangway: { partner: PARTNER.toUpperCase() },
      realm_access: { roles: ['offline_access', 'partner-admin'] },
    },
  ],
  ['Entra, without jti', 'entra', { typ: 'JWT' }, { ver: '2.0', tid: DIRECTORY, roles: ['partner-admin'] }],
  [
    'Auth0, claims in a namespace',
    'auth0',
    { typ: 'at+jwt' },
    { org_id: 'org_9ybsU1dN2dKfDkBi', 'https://gangway.example/roles': ['partner-admin'], scope: 'openid' },
  ],
  [
    'Okta',
    'okta',
    { typ: 'application/at+jwt' },
    {
      cid: '0oa',
      partner: PARTNER,
      groups: ['Everyone', 'partner-admin'],
      scp: ['tenant:read', 'tenant:create'],
    },
  ],
  [
    'Zitadel, roles keyed by name',
    'zitadel',
    {},
    {
      'urn:zitadel:iam:user:resourceowner:id': '170086824411201793',
      'urn:zitadel:iam:org:project:roles': {
        'partner-admin': { '170086824411201793': 'contoso.zitadel.cloud' },
      },
    },
  ],
  [
    'one string of words',
    'words',
    { typ: 'AT+JWT' },
    { tenant: PARTNER, scope: 'openid  partner-admin\tmore' },
  ],
];

test.each(GOOD)('%s gets in, and may create', async (_case, name, header, claims) => {
  const token = await provider.sign(claimsOf(name, claims), { ...header });
  expect([await read(token), await create(token)]).toEqual([200, 400]);
});

test.each<[string, Name, object, object, number]>([
  ['a directory that is not mapped', 'entra', {}, { tid: PARTNER, roles: ['partner-admin'] }, 401],
  ['a map that is asked for what every object has', 'entra', {}, { tid: 'constructor', roles: [] }, 401],
  ['two organizations', 'keycloak', {}, { organization: ['contoso', 'contoso2'] }, 401],
  ['another kind of token', 'auth0', { typ: 'logout+jwt' }, { org_id: 'org_9ybsU1dN2dKfDkBi' }, 401],
  ['an ID token of Keycloak', 'keycloakRealm', {}, { typ: 'ID', gangway: { partner: PARTNER } }, 401],
  [
    'a role in the prototype',
    'keycloakRealm',
    {},
    { gangway: { partner: PARTNER }, realm_access: '__proto__' },
    403,
  ],
  [
    'roles that are switched off',
    'zitadel',
    {},
    {
      'urn:zitadel:iam:user:resourceowner:id': '170086824411201793',
      'urn:zitadel:iam:org:project:roles': { 'partner-admin': false },
    },
    403,
  ],
  ['a role within a word', 'words', {}, { tenant: PARTNER, scope: 'not-partner-admin partner-admins' }, 403],
  [
    'scopes that narrow it',
    'okta',
    {},
    { partner: PARTNER, groups: ['partner-admin'], scp: ['audit:read'] },
    403,
  ],
])('%s: no', async (_case, name, header, claims, status) => {
  expect(await read(await provider.sign(claimsOf(name, claims), { ...header }))).toBe(status);
});

test('after a rotation the new key is fetched at once, and unknown ones at most every 30 seconds', async () => {
  const [, , , claims] = GOOD[3] ?? [];
  const sign = (kid?: string) =>
    provider.sign(claimsOf('entra', claims ?? {}), kid === undefined ? {} : { kid });
  expect(await read(await sign())).toBe(200);
  clock += 31_000;
  const before = provider.fetches();
  await provider.rotate('second');
  const rotated = await sign();
  expect(await Promise.all([rotated, rotated, rotated].map(read))).toEqual([200, 200, 200]);
  expect(provider.fetches()).toBe(before + 1);
  for (const kid of ['made-up', 'made-up-too', 'first']) expect(await read(await sign(kid))).toBe(401);
  expect(provider.fetches()).toBe(before + 1);
  clock += 29_000;
  expect(await read(await sign('made-up'))).toBe(401);
  expect(provider.fetches()).toBe(before + 1);
  clock += 2_000;
  expect([await read(await sign('made-up')), await read(rotated)]).toEqual([401, 200]);
  expect(provider.fetches()).toBe(before + 2);
});

test('a token that would be refused with any key makes nobody look for its key', async () => {
  clock += 60_000;
  const before = provider.fetches();
  const claims = { tid: DIRECTORY, roles: ['partner-admin'] };
  for (const [more, header] of [
    [{ aud: 'another' }, {}],
    [{ exp: 1 }, {}],
    [{ iss: 'https://evil.example' }, {}],
    [{}, { typ: 'logout+jwt' }],
  ] as const)
    expect(
      await read(await provider.sign(claimsOf('entra', { ...claims, ...more }), { kid: 'new', ...header })),
    ).toBe(401);
  expect(provider.fetches()).toBe(before);
});
