import { UnsecuredJWT } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { type JsonAnswer, type MicrosoftLab, openMicrosoft } from '../testing/microsoft-lab.js';
import { passedChecks } from '../testing/passed-checks.js';
import { globalTarget } from '../testing/tenant-of.js';

// Tokens, and answers of the token endpoint, in the shapes that Microsoft gives them.

let lab: MicrosoftLab | null = null;
afterEach(() => lab?.close());
const target = globalTarget();
const soon = () => AbortSignal.timeout(9_000);
const jwt = (claims: Record<string, unknown>) =>
  new UnsecuredJWT({ tid: target.entraTenantId, appid: target.clientId, ver: '1.0', ...claims }).encode();

async function check(key: 'sign_in' | 'token_claims', answer: JsonAnswer) {
  lab = await openMicrosoft(() => answer);
  const earlier = passedChecks({ configuration: {}, tenant_discovery: {}, sign_in: {} });
  return lab.provider.check(key, target, earlier, soon()).catch((error: unknown) => error);
}

describe('the token endpoint', () => {
  it('throttles without a body of OAuth', async () => {
    const answer = {
      status: 429,
      headers: { 'retry-after': '60', 'content-type': 'text/plain' },
      body: 'Slow.',
    };
    expect(await check('sign_in', answer)).toMatchObject({
      reasonCode: 'provider.throttled',
      retryAfterMs: 60_000,
    });
  });

  it.each([
    { token_type: 'Bearer', expires_in: 3_599, ext_expires_in: 3_599, access_token: 'opaque' },
    { token_type: 'Bearer', expires_in: '3599', ext_expires_in: '0', access_token: 'opaque' },
  ])('gives a token: %o', async (body) => {
    expect(await check('sign_in', { body })).toMatchObject({ check: { status: 'pass' } });
  });
});

describe('claims', () => {
  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ['no roles', { oid: 'c0de' }, []],
    ['an empty list of roles', { oid: 'c0de', roles: [] }, []],
    ['no service principal', { roles: ['User.Read.All'] }, ['User.Read.All']],
    [
      'roles twice, and what is none',
      { roles: ['B.Read', 'A.Read', 'B.Read', 7, '<i>'] },
      ['A.Read', 'B.Read'],
    ],
    ['the names of version 2', { appid: undefined, azp: target.clientId.toUpperCase() }, []],
  ])('%s', async (_name, claims, tokenRoles) => {
    const body = { token_type: 'Bearer', expires_in: 3_599, access_token: jwt(claims) };
    expect(await check('token_claims', { body })).toMatchObject({
      check: { status: 'pass' },
      facts: { tokenRoles },
    });
  });

  it('of a token that is not for clients to read are missed, and no more than that', async () => {
    const body = { token_type: 'Bearer', expires_in: 3_599, access_token: 'AAEC.opaque' };
    expect(await check('token_claims', { body })).toMatchObject({
      check: { status: 'warn', reasonCode: 'provider.unexpected_response' },
    });
  });
});
