import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@gangway/db/embedded-postgres';
import { ensureSystemUser } from '@gangway/db/embedded/system-user';
import { selfSign } from '@gangway/providers/testing/self-sign';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { endServers, spawnServer, untilReady } from './testing/spawn-server.js';

// TLS to a real PostgreSQL, with a certificate that nobody has to trust.

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let dir: string;
let postgres: EmbeddedPostgres;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'gangway-tls-'));
  const { certificatePem, privateKeyPem } = selfSign('localhost', new Date(Date.now() + 3_600_000));
  await writeFile(path.join(dir, 'ca.pem'), certificatePem);
  await writeFile(path.join(dir, 'key.pem'), privateKeyPem, { mode: 0o600 });
  const user = ensureSystemUser();
  if (user) {
    await chmod(dir, 0o711);
    await chown(path.join(dir, 'key.pem'), user.uid, user.gid);
  }
  const settings = {
    ssl: 'on',
    ssl_cert_file: path.join(dir, 'ca.pem'),
    ssl_key_file: path.join(dir, 'key.pem'),
  };
  postgres = await startEmbeddedPostgres({ dataDir: path.join(dir, 'postgres'), settings });
});
afterAll(async () => {
  await endServers();
  await postgres.stop();
  await rm(dir, { recursive: true, force: true });
});

function start(host: string, parameters: Record<string, string>) {
  const url = new URL(postgres.ownerUrl);
  url.hostname = host;
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return spawnServer({ DATA_DIR: path.join(dir, 'server'), DATABASE_URL: url.href });
}

describe('TLS to PostgreSQL', () => {
  it.each(['verify-full', 'require'])(
    'is spoken with sslmode=%s and the authority in a file',
    async (sslmode) => {
      const server = start('localhost', { sslmode, sslrootcert: path.join(dir, 'ca.pem') });
      await untilReady(server);
      expect(server.output()).not.toMatch(/warning/i);
    },
  );

  it('is spoken to anybody with sslmode=no-verify', async () => {
    expect(await untilReady(start('127.0.0.1', { sslmode: 'no-verify' }))).toMatch(/^http/);
  });

  it.each([
    ['localhost', {}, /no authority that this machine knows signed its TLS certificate .*sslrootcert=FILE/],
    ['127.0.0.1', { sslrootcert: 'ca.pem' }, /its TLS certificate is for another host name/],
  ])('that fails with %s and %j is one line that says why', async (host, parameters, why) => {
    const files = Object.fromEntries(
      Object.entries(parameters).map(([name, file]) => [name, path.join(dir, file)]),
    );
    const server = start(host, { sslmode: 'verify-full', ...files });
    expect(await server.exitCode).toBe(1);
    const lines = server.output().trim().split('\n');
    expect(lines).toEqual([expect.stringMatching(/^DATABASE_URL cannot be used: /)]);
    expect(lines[0]).toMatch(why);
  });
});
