import { spawn } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

// The built command line, as an operator pipes a token into it.
vi.setConfig({ testTimeout: 60_000 });

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const ISSUER = 'https://contoso.eu.auth0.com/';
const PARTNER = '01900000-0000-7000-8000-00000000d001';
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const server = createServer((_request, response) => {
  response.end(
    JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'ES256' }] }),
  );
});
let dataDir = '';
let jwksUrl = '';
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'gangway-tokens-'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  server.close();
  await rm(dataDir, { recursive: true });
});

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
function tokenWith(claims: object = {}, header: object = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const all = {
    iss: ISSUER,
    aud: 'gangway',
    sub: 'jane',
    iat: now,
    exp: now + 60,
    tenant: PARTNER,
    ...claims,
  };
  const signed = `${encode({ alg: 'ES256', kid: 'one', ...header })}.${encode({ roles: ['partner-admin'], ...all })}`;
  const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

async function explain(
  stdin: string,
  variables: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const issuers = [
    { issuer: ISSUER, jwksUrl, audience: 'gangway' },
    { issuer: 'https://away.example', jwksUrl: 'http://127.0.0.1:1/', audience: 'gangway' },
    { issuer: 'https://out.example', jwksUrl: 'https://keys.out.example/certs', audience: 'gangway' },
  ];
  const env = {
    PATH: process.env['PATH'] ?? '',
    DATA_DIR: dataDir,
    TRUSTED_ISSUERS: JSON.stringify(issuers),
    ...variables,
  };
  const child = spawn(process.execPath, [CLI, 'tokens', 'explain'], { env, cwd: dataDir });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stdin.end(stdin);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}

test('says what a good token grants', async () => {
  const { code, stdout } = await explain(
    `Bearer ${tokenWith({ permissions: ['tenant:read', 'nonsense'] })}\n`,
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    valid: true,
    partnerId: PARTNER,
    roles: ['partner-admin'],
    permissions: ['tenant:read'],
  });
});

test.each<[string, () => string, RegExp]>([
  ['format', () => 'opaque-token', /no JWT/],
  ['encryption', () => 'a.b.c.d.e', /Sign it/],
  ['issuer', () => tokenWith({ iss: 'https://contoso.eu.auth0.com' }), /to the letter/],
  ['algorithm', () => tokenWith({}, { alg: 'HS256' }), /HS256/],
  ['type', () => tokenWith({}, { typ: 'logout+jwt' }), /logout\+jwt/],
  ['audience', () => tokenWith({ aud: ['https://api'] }), /https:\/\/api.*gangway/],
  ['expiry', () => tokenWith({ exp: 1 }), /expired/],
  ['key', () => tokenWith({}, { kid: 'two' }), /jwksUrl/],
  ['key', () => tokenWith({ iss: 'https://away.example' }), /cannot be fetched/],
  ['signature', () => `${tokenWith().slice(0, -8)}AAAAAAAA`, /not signed/],
  ['claims', () => tokenWith({ iat: 'yesterday' }), /iat/],
  ['kind', () => tokenWith({ token_use: 'id' }), /token_use/],
  ['partner', () => tokenWith({ tenant: 'contoso' }), /partnerMap/],
])('names the check that fails: %s', async (check, make, why) => {
  const { code, stdout, stderr } = await explain(make());
  expect([code, stderr]).toEqual([1, '']);
  expect(JSON.parse(stdout)).toEqual({ valid: false, check, why: expect.stringMatching(why) as unknown });
});

test('fetches keys through the proxy of the server', async () => {
  const asked: (string | undefined)[] = [];
  const proxy = createServer().on('connect', (request, socket) => {
    asked.push(request.url);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const { stdout, stderr } = await explain(tokenWith({ iss: 'https://out.example' }), { HTTPS_PROXY });
  proxy.close();
  expect(asked).toContain('keys.out.example:443');
  expect([JSON.parse(stdout), stderr]).toMatchObject([{ valid: false, check: 'key' }, '']);
});

test('takes no API key for a token, and does not repeat it', async () => {
  const { code, stdout, stderr } = await explain('gwk_demo_partner_admin');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('API key');
  expect(stderr).not.toContain('gwk_demo');
});
