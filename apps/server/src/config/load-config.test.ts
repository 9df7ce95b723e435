import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { CALLS_PER_MINUTE } from '@gangway/domain/limits/call-limits';
import { STREAMS_AT_ONCE } from '@gangway/domain/limits/stream-limits';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from './config-error.js';
import { loadConfig } from './load-config.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'gangway-config-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

/** The key pair of the private key 1: its point is the curve's own base point. */
const KEY = {
  kid: 'a',
  kty: 'EC',
  crv: 'P-256',
  x: 'axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY',
  y: 'T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU',
  d: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE',
};
const keySetWith = (wrong: Partial<typeof KEY>) => JSON.stringify({ keys: [{ ...KEY, ...wrong }] });

const issuerWith = (wrong: object) =>
  JSON.stringify([{ jwksUrl: 'https://a.example/jwks', issuer: 'a', audience: 'gangway', ...wrong }]);

async function linesOf(variables: NodeJS.ProcessEnv): Promise<string[]> {
  const error = await loadConfig({ DATA_DIR: dataDir, ...variables }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigError);
  return String((error as Error).message).split('\n');
}

describe('loadConfig', () => {
  it('needs nothing', async () => {
    const config = await loadConfig({ DATA_DIR: dataDir });
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      appUrl: null,
      databaseUrl: null,
      temporal: null,
      role: 'all',
      demo: true,
      sandbox: true,
      trustProxy: false,
      logLevel: 'info',
    });
    expect(config.mail.name).toBe('outbox');
  });

  it('reads .env.example unchanged, to the same values as nothing', async () => {
    const example = fileURLToPath(new URL('../../../../.env.example', import.meta.url));
    const given = await loadConfig({ ...parseEnv(await readFile(example, 'utf8')), DATA_DIR: dataDir });
    const nothing = await loadConfig({ DATA_DIR: dataDir });
    expect(JSON.stringify(given)).toBe(JSON.stringify(nothing));
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['HOST', 'not a host'],
    ['APP_URL', 'gangway.example'],
    ['APP_URL', 'https://gangway.example/path'],
    ['ALLOWED_HOSTS', 'https://gangway.internal'],
    ['ALLOWED_HOSTS', 'gangway.internal:3000'],
    ['ALLOWED_HOSTS', '*.internal'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['TEMPORAL_ADDRESS', 'localhost'],
    ['ROLE', 'both'],
    ['DEMO', 'yes'],
    ['SANDBOX', 'true'],
    ['AUTH_KEYS', 'short'],
    ['AUTH_KEYS', keySetWith({ x: 'AAAA' })],
    ['AUTH_KEYS', keySetWith({ x: KEY.y })],
    ['AUTH_KEYS', keySetWith({ d: KEY.x })],
    ['ENCRYPTION_KEYS', 'a:c2hvcnQ'],
    ['MAIL_URL', 'pigeon:'],
    ['MAIL_FROM', 'nobody'],
    ['HTTPS_PROXY', 'proxy.example:3128'],
    ['HTTPS_PROXY', 'socks5://proxy.example'],
    ['HTTPS_PROXY', 'http://svc:100%sure@proxy.example:3128'],
    ['HTTPS_PROXY', 'http://svc%:x@proxy.example:3128'],
    ['HTTPS_PROXY', 'http://CORP\\svc:x@proxy.example:3128'],
    ['HTTPS_PROXY', 'http://proxy.example:3128/wpad.dat'],
    ['HTTPS_PROXY', 'http://proxy.example:3128?x'],
    ['OUTBOUND_ADDRESSES', 'gangway.example'],
    ['OUTBOUND_ADDRESSES', '203.0.113.9,loopback'],
    ['OUTBOUND_ADDRESSES', '203.0.113.0/33'],
    ['TRUST_PROXY', 'everybody'],
    ['TRUST_PROXY', '10.0.0.0/64'],
    ['TRUST_PROXY', '10.0.0.0/0'],
    ['TRUST_PROXY', '10.0.0.0/'],
    ['TRUST_PROXY', 'fe80::/129'],
    ['TRUST_PROXY', 'fe80::1%eth0'],
    ['TRUST_PROXY', '10.0.0.0/8,::/0'],
    ['TRUSTED_ISSUERS', '{}'],
    ['TRUSTED_ISSUERS', issuerWith({ partners: [] })],
    ['TRUSTED_ISSUERS', issuerWith({ partners: ['contoso'] })],
    [
      'TRUSTED_ISSUERS',
      JSON.stringify(
        [issuerWith({}), issuerWith({ audience: 'other' })].flatMap((text) => JSON.parse(text) as object[]),
      ),
    ],
    ['LIMIT_CALLS_PER_USER', '0'],
    ['LIMIT_STREAMS_PER_PARTNER', 'none'],
    ['METRICS_TOKEN', 'short'],
    ['LOG_LEVEL', 'loud'],
  ])('stops with one line that names %s when it is %j', async (name, value) => {
    const lines = await linesOf({ [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name} .*must`));
  });

  it.each([
    ['postgresql://u:12#3@db.example/gangway', /bare #.*%23/],
    ['postgresql://u:pa/ss@db.example:5432/gangway', /bare \/.*%2F/],
    ['postgresql://u:12/3@db.example:5432/gangway', /bare \/.*%2F/],
    ['postgres://u:w?hy@db.example/gangway', /bare \?.*%3F/],
    ['postgresql://u:p@/x@db.example/gangway', /bare \/.*%2F/],
    ['postgresql://u:p%e9@db.example/gangway', /bare %.*%25/],
    ['postgresql://u:secret', /password # is written %23/],
    ['postgresql://u:p@db.example/gangway?sslmode=required', /sslmode/],
    ['postgresql://u:p@db.example/gangway?sslmode=verify-full&sslrootcert=/none/ca.pem', /none\/ca\.pem/],
    ['postgresql://u:p@db.example/gangway?schema=', /schema/],
  ])('says what is wrong with %s as the URL of a database, and does not repeat it', async (url, words) => {
    for (const name of ['DATABASE_URL', 'MIGRATION_DATABASE_URL']) {
      const lines = await linesOf({ [name]: url });
      expect(lines).toEqual([expect.stringMatching(words)]);
      expect(lines[0]).toMatch(new RegExp(`^${name} must`));
      expect(lines[0]).not.toContain('db.example');
    }
  });

  it.each([
    'postgresql://u:p%23%2F%3F%25@db.example/gangway?application_name=a@b',
    'postgresql://u:p@ss@db.example/gangway?sslmode=require',
    'postgresql:///gangway?host=/var/run/postgresql',
    'postgres://db.example:5433/gangway?schema=crm&options=-c%20lock_timeout%3D1s',
  ])('takes %s for the URL of a database', async (url) => {
    expect((await loadConfig({ DATA_DIR: dataDir, DATABASE_URL: url })).databaseUrl).toBe(url);
  });

  it.each(["'", '"'])(
    'takes values with %s around them, as env files of containers keep them',
    async (quote) => {
      const quoted = (value: string) => `${quote}${value}${quote}`;
      const config = await loadConfig({
        DATA_DIR: quoted(dataDir),
        AUTH_KEYS: quoted(keySetWith({})),
        PORT: quoted('4321'),
        MAIL_FROM: '"Gangway" <gangway@a.example>',
      });
      expect(config.authKeys[0].kid).toBe('a');
      expect(config).toMatchObject({ dataDir, port: 4321, mailFrom: '"Gangway" <gangway@a.example>' });
    },
  );

  it.each([
    [{ rolesClaim: 'groups' }, 'rolesClaim'],
    [{ jwksUrl: 'a.example/jwks' }, 'jwksUrl'],
    [{ partners: ['contoso'] }, 'partners'],
  ])('names the field of TRUSTED_ISSUERS that is wrong in %j', async (wrong, field) => {
    const lines = await linesOf({ TRUSTED_ISSUERS: issuerWith(wrong) });
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^TRUSTED_ISSUERS must .*; look at ${field}$`))]);
  });

  it('names a DATA_DIR that is no directory, in one line', async () => {
    const file = path.join(dataDir, 'a-file');
    await writeFile(file, '');
    expect(await linesOf({ DATA_DIR: file })).toEqual([
      expect.stringMatching(/^DATA_DIR must be a directory/),
    ]);
    const below = await linesOf({ DATA_DIR: path.join(file, 'below') });
    expect(below).toEqual([expect.stringMatching(/^DATA_DIR must .*ENOTDIR/)]);
  });

  it('takes keys of its own', async () => {
    const { authKeys } = await loadConfig({ DATA_DIR: dataDir, AUTH_KEYS: keySetWith({}) });
    expect(authKeys[0].kid).toBe('a');
  });

  it.each(['10.0.0.0/8', '10.0.0.1/32', 'fd00::/8, ::1/128', 'loopback', '2'])(
    'takes %j for TRUST_PROXY, as Express does',
    async (value) => {
      const { trustProxy } = await loadConfig({ DATA_DIR: dataDir, TRUST_PROXY: value });
      expect(() => express().set('trust proxy', trustProxy)).not.toThrow();
    },
  );

  it('names every wrong value at once, and repeats none of them', async () => {
    const lines = await linesOf({ PORT: 'canary-1', ROLE: 'canary-2', LOG_LEVEL: 'canary-3' });
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['PORT', 'ROLE', 'LOG_LEVEL']);
    expect(lines.join()).not.toContain('canary');
  });

  it('refuses production without keys of its own and without APP_URL, and FAULT', async () => {
    const lines = await linesOf({
      NODE_ENV: 'production',
      FAULT: 'tenant.create.creating_tenant.before:kill',
    });
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      'AUTH_KEYS',
      'ENCRYPTION_KEYS',
      'APP_URL',
      'FAULT',
    ]);
  });

  it.each([
    [{ DATABASE_URL: 'postgresql://u:p@127.0.0.1:5432/x' }, false, false],
    [{ DATABASE_URL: 'postgresql://u:p@127.0.0.1:5432/x', DEMO: '1' }, true, true],
    [{ DEMO: '0' }, false, false],
    [{ HOST: '0.0.0.0' }, false, false],
    [{ HOST: '::' }, false, false],
    [{ HOST: '192.0.2.5' }, false, false],
    [{ HOST: '0.0.0.0', DEMO: '1' }, true, true],
    [{ HOST: 'LocalHost' }, true, true],
    [{ HOST: '::1' }, true, true],
    [{ DEMO: '0', SANDBOX: '1' }, false, true],
  ])('has with %j demo: %s, sandbox: %s', async (variables, demo, sandbox) => {
    expect(await loadConfig({ DATA_DIR: dataDir, ...variables })).toMatchObject({ demo, sandbox });
  });

  it('takes host names and addresses for ALLOWED_HOSTS', async () => {
    const given = await loadConfig({
      DATA_DIR: dataDir,
      ALLOWED_HOSTS: 'Gangway.internal, gangway_api ,10.0.0.5,::2',
    });
    expect(given.allowedHosts).toEqual(['gangway.internal', 'gangway_api', '10.0.0.5', '::2']);
  });

  it('takes limits one by one, and keeps the defaults of the others', async () => {
    const given = await loadConfig({
      DATA_DIR: dataDir,
      LIMIT_CALLS_PER_PARTNER: '700',
      LIMIT_STREAMS_PER_USER: '9',
    });
    expect(given.callsPerMinute).toEqual({ ...CALLS_PER_MINUTE, partner: 700 });
    expect(given.streamsAtOnce).toEqual({ ...STREAMS_AT_ONCE, user: 9 });
  });

  it('makes keys once, readable by nobody else, also for two servers that start together', async () => {
    const [first, second] = await Promise.all([
      loadConfig({ DATA_DIR: dataDir }),
      loadConfig({ DATA_DIR: dataDir }),
    ]);
    expect(first.encryptionKeys).toEqual(second.encryptionKeys);
    expect(first.authKeys[0].kid).toBe(second.authKeys[0].kid);
    for (const name of ['auth.keys', 'encryption.keys']) {
      expect((await stat(path.join(dataDir, name))).mode & 0o777).toBe(0o600);
    }
  });
});
