import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { generateEncryptionKeys } from '../config/keys.js';
import { endServer, spawnServer, untilReady } from '../testing/spawn-server.js';
import { createEmptyDatabase } from '../testing/empty-database.js';
import { createProductFixture, type ProductFixture } from '../testing/product-fixture.js';

// The built command line against the built server, as an operator and then a partner types it.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const run = promisify(execFile);

let fixture: ProductFixture;
let url = '';
let output: () => string;
beforeAll(async () => {
  fixture = await createProductFixture();
  ({ url, output } = await fixture.start());
});
afterAll(() => fixture.drop());

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
async function gangway(args: string[], env: Record<string, string> = {}): Promise<Outcome> {
  const own = { PATH: process.env['PATH'] ?? '', DATA_DIR: fixture.dataDir, GANGWAY_URL: url, ...env };
  return run(process.execPath, [CLI, ...args], { env: own, cwd: fixture.dataDir }).then(
    (result) => ({ code: 0, ...result }),
    (failure: unknown) => failure as Outcome,
  );
}
const json = ({ stdout, stderr }: Outcome) => {
  expect(stdout, stderr).not.toBe('');
  return JSON.parse(stdout) as Record<string, unknown>;
};

test('an operator lets a partner in; the partner provisions a tenant, follows it and mints a key', async () => {
  const operator = { DATABASE_URL: fixture.ownerUrl };
  const partner = json(await gangway(['partners', 'create', 'Contoso & Sons'], operator));
  expect(partner['clientId']).toMatch(/^contoso-sons-[0-9a-f]{8}$/);
  const listed = await gangway(['partners', 'list'], operator);
  expect(listed.stdout).toContain('Contoso & Sons');
  expect(listed.stdout).not.toContain(String(partner['clientSecret']));

  const client = {
    GANGWAY_CLIENT_ID: String(partner['clientId']),
    GANGWAY_CLIENT_SECRET: String(partner['clientSecret']),
  };
  const created = await gangway(
    ['tenants', 'create', '--client-name', 'Trees', '--email', 'admin@trees.example'],
    client,
  );
  expect(created.code).toBe(0);
  expect(created.stderr).toContain('100 % sending_welcome_email');
  expect(json(created)).toMatchObject({
    status: 'succeeded',
    result: { temporary_password: expect.stringMatching(/^[\w-]{16,}$/) as unknown },
  });
  const again = await gangway(['runs', 'watch', String(json(created)['id'])], client);
  expect(json(again)).toMatchObject({ status: 'succeeded', result: { temporary_password: null } });

  const minted = json(await gangway(['api-keys', 'create', 'CRM', '--permission', 'tenant:read'], client));
  const key = { GANGWAY_API_KEY: String(minted['key']) };
  expect(json(await gangway(['tenants', 'list', '--q', 'trees'], key))['items']).toMatchObject([
    { client_name: 'Trees', status: 'active' },
  ]);
  const { tenant } = json(created);
  const preview = json(await gangway(['tenants', 'delete', String(tenant), '--dry-run'], client));
  expect(preview).toMatchObject({
    ...{ memberships_ended: 1, accounts_ended: 1, next_cursor: null },
    items: [{ email: 'admin@trees.example', role: 'owner', account_ends: true }],
  });
  const deleted = await gangway(['tenants', 'delete', String(tenant)], client);
  expect(json(deleted)).toMatchObject({
    status: 'succeeded',
    result: { success: true, memberships_ended: 1, accounts_ended: 1 },
  });
  const refused = await gangway(['api-keys', 'list'], key);
  expect([refused.code, refused.stdout]).toEqual([1, '']);
  expect(refused.stderr).toMatch(/\(partner\.permission_missing, request \S+\)\n$/);
  const rotated = json(await gangway(['api-keys', 'rotate', String(minted['id'])], client));
  expect(rotated['key']).not.toBe(minted['key']);
  expect((await gangway(['api-keys', 'revoke', String(minted['id'])], client)).code).toBe(0);
  expect((await gangway(['tenants', 'list'], key)).stderr).toContain('auth.required');
});

test("an operator gives a partner's client a new secret, and revokes it", async () => {
  const operator = { DATABASE_URL: fixture.ownerUrl };
  const made = json(await gangway(['partners', 'create', 'Leaky'], operator));
  const clientId = String(made['clientId']);
  const list = (secret: unknown) =>
    gangway(['tenants', 'list'], { GANGWAY_CLIENT_ID: clientId, GANGWAY_CLIENT_SECRET: String(secret) });
  const { clientSecret } = json(await gangway(['partners', 'rotate-secret', clientId], operator));
  const refused = await list(made['clientSecret']);
  expect([refused.code, refused.stderr]).toEqual([1, 'The client was refused (401)\n']);
  expect((await list(clientSecret)).code).toBe(0);
  expect((await gangway(['partners', 'revoke', clientId], operator)).code).toBe(0);
  expect((await list(clientSecret)).stderr).toBe('The client was refused (401)\n');
  for (const verb of ['revoke', 'rotate-secret']) {
    const again = await gangway(['partners', verb, clientId], operator);
    expect([again.code, again.stderr]).toEqual([1, expect.stringMatching(/^There is no such client/)]);
  }
});

test('a command that only looks does not migrate, and says what to do', async () => {
  const empty = await createEmptyDatabase();
  try {
    const looked = await gangway(['partners', 'list'], { DATABASE_URL: empty.ownerUrl });
    expect([looked.code, looked.stderr]).toEqual([1, expect.stringMatching(/npm run gangway -- migrate/)]);
    expect((await gangway(['migrate'], { DATABASE_URL: empty.ownerUrl })).code).toBe(0);
    expect((await gangway(['partners', 'list'], { DATABASE_URL: empty.ownerUrl })).stdout).toBe('[]\n');
  } finally {
    await empty.drop();
  }
});

test('an operator sees the mail that was given up, and sends it again', async () => {
  const operator = { DATABASE_URL: fixture.ownerUrl };
  const mails = async (...args: string[]) =>
    json(await gangway(['mail', ...args], operator)) as unknown as Record<string, unknown>[];
  const partner = json(await gangway(['partners', 'create', 'Mailed'], operator));
  const client = {
    GANGWAY_CLIENT_ID: String(partner['clientId']),
    GANGWAY_CLIENT_SECRET: String(partner['clientSecret']),
  };
  expect(output()).toContain('MAIL_URL is outbox: mails are recorded, and nobody gets them');
  const tenant = ['--client-name', 'Mailed', '--email', 'admin@mailed.example'];
  expect((await gangway(['tenants', 'create', ...tenant], client)).code).toBe(0);
  await fixture.owner.query(
    `UPDATE mail_messages SET status = 'failed', attempts = 16, last_error = 'The mail server answered 535',
            last_reason_code = 'email.authentication'
      WHERE recipient = 'admin@mailed.example'`,
  );
  const [mail] = await mails('list', '--status', 'failed');
  expect(mail).toMatchObject({
    recipient: 'admin@mailed.example',
    lastReasonCode: 'email.authentication',
    lastError: 'The mail server answered 535',
  });
  expect(JSON.stringify(mail)).not.toContain('iphertext');
  expect(await mails('resend', String(mail?.['id']))).toMatchObject([{ status: 'queued' }]);
  await vi.waitFor(
    async () =>
      expect(await mails('list')).toContainEqual(
        expect.objectContaining({ id: mail?.['id'], status: 'sent', attempts: 1 }),
      ),
    { timeout: 20_000, interval: 200 },
  );
  const again = await gangway(['mail', 'resend', String(mail?.['id'])], operator);
  expect([again.code, again.stderr]).toEqual([1, expect.stringMatching(/^There is nothing to send: .+\n$/)]);
  expect((await gangway(['mail', 'resend', 'nonsense'], operator)).stderr).toMatch(/^An id is one of/);
});

test('an operator exports and erases a person, but not the last owner', async () => {
  const operator = { DATABASE_URL: fixture.ownerUrl };
  const partner = json(await gangway(['partners', 'create', 'Erasing'], operator));
  const client = {
    GANGWAY_CLIENT_ID: String(partner['clientId']),
    GANGWAY_CLIENT_SECRET: String(partner['clientSecret']),
  };
  const owner = 'admin@erasing.example';
  const tenant = ['--client-name', 'Erasing', '--email', owner];
  expect((await gangway(['tenants', 'create', ...tenant], client)).code).toBe(0);
  const email = 'viewer@erasing.example';
  await fixture.owner.query(
    `WITH person AS (
       INSERT INTO users (user_id, first_name, last_name, email) VALUES (gen_random_uuid(), 'V', 'E', $1) RETURNING user_id)
     INSERT INTO memberships (workspace_id, user_id, role)
     SELECT w.id, p.user_id, 'viewer' FROM person p, workspaces w WHERE w.slug = 'erasing'`,
    [email],
  );
  const exported = json(await gangway(['people', 'export', email], operator));
  expect(exported).toMatchObject({ email, account: { memberships: [{ role: 'viewer' }] } });
  expect((await gangway(['people', 'erase', email], operator)).stderr).toContain('--yes');
  const erased = await gangway(['people', 'erase', email, '--yes'], operator);
  expect(json(erased)).toMatchObject({ workspaceIds: [expect.any(String)], tenantsOfAddress: [] });
  expect(json(await gangway(['people', 'export', email], operator))['account']).toBeNull();
  const refused = await gangway(['people', 'erase', owner, '--yes'], operator);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/last owner of erasing\. .+\n$/)]);
});

test('an operator has the stored secrets encrypted anew', async () => {
  const older = (await readFile(path.join(fixture.dataDir, 'encryption.keys'), 'utf8')).trim();
  const newer = generateEncryptionKeys();
  const operator = { DATABASE_URL: fixture.ownerUrl, ENCRYPTION_KEYS: `${newer},${older}` };
  const [keyId] = newer.split(':');
  expect(json(await gangway(['reseal'], operator))).toMatchObject({ keyId, unreadable: [] });
  const partner = json(await gangway(['partners', 'create', 'Unreadable'], operator));
  const { rows } = await fixture.owner.query<{ id: string }>(
    `INSERT INTO webhook_endpoints (id, partner_id, url, events, secret_ciphertext, updated_at)
     SELECT gen_random_uuid(), partner_id, 'https://contoso.example/', '{}', 'nonsense', now()
       FROM partner_clients WHERE client_id = $1 RETURNING id`,
    [partner['clientId']],
  );
  const resealed = await gangway(['reseal'], operator);
  expect([resealed.code, resealed.stderr]).toEqual([1, expect.stringMatching(/^What is listed .+\n$/)]);
  expect(json(resealed)['unreadable']).toEqual([{ kind: 'webhook', id: rows[0]?.id }]);
});

test.each([
  ['without a credential', ['tenants', 'list'], {}, /^Set GANGWAY_API_KEY, or /],
  [
    'with a wrong secret',
    ['tenants', 'list'],
    { GANGWAY_CLIENT_ID: 'a', GANGWAY_CLIENT_SECRET: 'b' },
    /refused \(401\)/,
  ],
  [
    'without a server',
    ['tenants', 'list'],
    { GANGWAY_API_KEY: 'gwk_x', GANGWAY_URL: 'http://127.0.0.1:1' },
    /cannot be reached/,
  ],
])('says in one line what is wrong %s', async (_case, args, env, problem) => {
  const { code, stderr } = await gangway(args, env);
  expect(code).toBe(1);
  expect(stderr).toMatch(problem);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('an operator sees who asks for what is not theirs, in the command and in the metrics', async () => {
  const operator = { DATABASE_URL: fixture.ownerUrl };
  const partner = json(await gangway(['partners', 'create', 'Curious'], operator));
  const clientId = String(partner['clientId']);
  const client = { GANGWAY_CLIENT_ID: clientId, GANGWAY_CLIENT_SECRET: String(partner['clientSecret']) };
  const tenant = randomUUID();
  expect((await gangway(['tenants', 'get', tenant], client)).code).toBe(1);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toMatch(/gangway_denials_total\{whose="outsider",reason_code="resource.not_found"\} [1-9]/);
  // The counts are written every ten seconds.
  await vi.waitFor(
    async () => {
      const { stdout } = await gangway(['denials', '--hours', '1'], operator);
      expect(JSON.parse(stdout)).toContainEqual(
        expect.objectContaining({
          actor: `partner ${clientId}`,
          action: 'tenants.get',
          denials: 1,
          lastTargetId: tenant,
        }),
      );
    },
    { timeout: 40_000, interval: 2_000 },
  );
});

test('an operator lets a partner in while a server runs on its own database, which goes on', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'gangway-beside-'));
  const own = { DATA_DIR: dataDir };
  const server = spawnServer(own);
  try {
    const address = await untilReady(server);
    const made = json(await gangway(['partners', 'create', 'Beside'], own));
    expect((await gangway(['partners', 'list'], own)).stdout).toContain('Beside');
    const client = {
      GANGWAY_URL: address,
      GANGWAY_CLIENT_ID: String(made['clientId']),
      GANGWAY_CLIENT_SECRET: String(made['clientSecret']),
    };
    expect(json(await gangway(['tenants', 'list'], client))['items']).toEqual([]);
    const migrate = await gangway(['migrate'], own);
    expect([migrate.code, migrate.stderr]).toEqual([1, expect.stringContaining('is in use by')]);
  } finally {
    await endServer(server);
    await rm(dataDir, { recursive: true, force: true });
  }
});
