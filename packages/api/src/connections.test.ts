import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openAcme } from './test-acme.js';
import type { TestApi } from './test-api.js';
import { atOnce } from './test-caller.js';
import { newConnection } from './test-onboarding.js';

const { api, owner, admin, workspaceId } = await openAcme();

const secretOf = (clientSecret: string) => ({ kind: 'client_secret', clientSecret });

async function newTenant(): Promise<{ workspaceId: string; managedTenantId: string }> {
  const tenant = { workspaceId, entraTenantId: randomUUID(), name: 'Contoso' };
  const { data } = await owner.mutate('onboarding.identifyTenant', tenant);
  return { workspaceId, managedTenantId: String(data['managedTenantId']) };
}

test('of twenty connections made at once, one is the default, and it stays one', async () => {
  const tenant = await newTenant();
  const made = await atOnce(20, () => owner.mutate('connections.create', { ...tenant, ...newConnection() }));
  expect(new Set(made.map(({ status }) => status))).toEqual(new Set([200]));
  const defaults = async () =>
    api.app.db.prisma.providerConnection.count({
      where: { managedTenantId: tenant.managedTenantId, isDefault: true },
    });
  expect(await defaults()).toBe(1);
  const chosen = await atOnce(20, (index) =>
    (index % 2 ? owner : admin).mutate('connections.setDefault', {
      workspaceId,
      providerConnectionId: made[index]?.data['id'],
    }),
  );
  expect(new Set(chosen.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await defaults()).toBe(1);
});

test.each([
  (id: string) => `{${id.toUpperCase()}}`,
  (id: string) => `\u200b ${id}\n`,
  (id: string) => id.replaceAll('-', ''),
])('a client ID is understood as it is pasted, in a new connection and in a change: %s', async (paste) => {
  const tenant = await newTenant();
  const [first, second] = [randomUUID(), randomUUID()];
  const connection = { ...newConnection(), clientId: paste(first) };
  const { data } = await owner.mutate('connections.create', { ...tenant, ...connection });
  expect(data['clientId']).toBe(first);
  const { id: providerConnectionId, version } = data;
  const change = { workspaceId, providerConnectionId, version, clientId: paste(second) };
  expect((await owner.mutate('connections.update', change)).data['clientId']).toBe(second);
  const cut = { ...connection, clientId: paste(first).replace(/[0-9a-f]/i, '') };
  expect((await owner.mutate('connections.create', { ...tenant, ...cut })).status).toBe(400);
});

test('two admins who edit one connection: the second is told what the first did', async () => {
  const tenant = await newTenant();
  const { data } = await owner.mutate('connections.create', { ...tenant, ...newConnection() });
  const change = { workspaceId, providerConnectionId: data['id'], version: data['version'] };
  const told = await Promise.all([
    owner.mutate('connections.update', { ...change, displayName: 'By the owner' }),
    admin.mutate('connections.update', { ...change, displayName: 'By the admin' }),
  ]);
  expect(told.map(({ status }) => status).sort()).toEqual([200, 409]);
  const now = (await owner.query('connections.get', { workspaceId, providerConnectionId: data['id'] })).data;
  const refused = told.find(({ status }) => status === 409);
  expect([refused?.reason, refused?.data['conflict']]).toEqual([
    'connection.version_conflict',
    { version: now['version'], updatedBy: now['updatedBy'], updatedAt: now['updatedAt'] },
  ]);
});

test('a connection in use is not removed; removing twice finds nothing', async () => {
  const tenant = await newTenant();
  const sessionId = (await api.app.db.prisma.onboardingSession.findFirstOrThrow({ where: tenant })).id;
  const session = { workspaceId, onboardingSessionId: sessionId };
  const selected = await owner.mutate('onboarding.selectConnection', {
    ...session,
    version: 1,
    create: newConnection(),
  });
  const named = { workspaceId, providerConnectionId: selected.data['providerConnectionId'] };
  const early = await admin.mutate('connections.remove', named);
  expect([early.status, early.reason]).toEqual([409, 'connection.in_use']);
  await owner.mutate('onboarding.abandon', session);
  const removed = await atOnce(4, () => admin.mutate('connections.remove', named));
  expect(removed.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404]);
});

test('where the default is removed another becomes it: a verified one first, then the newest', async () => {
  const tenant = await newTenant();
  const { managedTenantId } = tenant;
  const made: string[] = [];
  for (let index = 0; index < 4; index += 1) {
    const { data } = await owner.mutate('connections.create', { ...tenant, ...newConnection() });
    made.push(String(data['id']));
  }
  const [first = '', verified = '', third = '', newest = ''] = made;
  const { prisma } = api.app.db;
  await prisma.providerConnection.update({
    where: { id: verified },
    data: { checkedRevision: 1, checkedOutcome: 'verified', checkedAt: new Date() },
  });
  await prisma.managedTenant.update({ where: { id: managedTenantId }, data: { health: 'healthy' } });
  const removeAnd = async (providerConnectionId: string) => {
    const told = await admin.mutate('connections.remove', { workspaceId, providerConnectionId });
    const rows = await prisma.providerConnection.findMany({ where: { managedTenantId, isDefault: true } });
    const { health } = await prisma.managedTenant.findUniqueOrThrow({ where: { id: managedTenantId } });
    return [told.data['newDefaultId'], rows.map(({ id }) => id), health];
  };
  expect(await removeAnd(third)).toEqual([null, [first], 'healthy']);
  expect(await removeAnd(first)).toEqual([verified, [verified], 'healthy']);
  expect(await removeAnd(verified)).toEqual([newest, [newest], 'unknown']);
  expect(await removeAnd(newest)).toEqual([null, [], 'unknown']);
});

test('whatever two admins do to a connection that a third removes, nothing breaks', async () => {
  const tenant = await newTenant();
  for (let round = 0; round < 10; round += 1) {
    const { data } = await owner.mutate('connections.create', { ...tenant, ...newConnection() });
    const named = { workspaceId, providerConnectionId: data['id'] };
    const told = await Promise.all([
      admin.mutate('connections.setDefault', named),
      owner.mutate('connections.rotateCredential', { ...named, credential: secretOf('another-secret') }),
      admin.mutate('connections.update', { ...named, version: 1, displayName: 'New' }),
      owner.mutate('connections.remove', named),
      owner.mutate('operations.start', { ...tenant, operationType: 'provider.connection.check' }),
    ]);
    for (const { status, body } of told) expect([200, 404, 409], body).toContain(status);
    await api.app.db.prisma.operationRun.deleteMany({ where: tenant });
  }
  const defaults = await api.app.db.prisma.providerConnection.count({
    where: { ...tenant, isDefault: true },
  });
  expect(defaults).toBeLessThanOrEqual(1);
});

test.each([
  ['a name that is all space', { displayName: '   ' }],
  ['a credential of an unknown kind', { credential: { kind: 'password', clientSecret: 'x' } }],
  [
    'a certificate that is none',
    {
      credential: {
        kind: 'certificate',
        certificatePem: '-----BEGIN CERTIFICATE-----\nnot one\n-----END CERTIFICATE-----',
        privateKeyPem: '-----BEGIN PRIVATE KEY-----\nnot one\n-----END PRIVATE KEY-----',
      },
    },
  ],
  [
    'an issuer without https',
    {
      credential: { kind: 'federated', issuer: 'http://issuer.example', subject: 'a', audience: 'b' },
    },
  ],
  [
    'an expiry in the year 0',
    {
      credential: { ...secretOf('a-secret-of-some-length'), expiresAt: '0000-01-01T00:00:00Z' },
    },
  ],
])('%s is refused with the field', async (_, change) => {
  const tenant = await newTenant();
  const told = await owner.mutate('connections.create', { ...tenant, ...newConnection(), ...change });
  expect([told.status, told.reason]).toEqual([400, 'validation.failed']);
  expect(JSON.stringify(told.data['fieldErrors'])).toContain(Object.keys(change)[0]);
});

test('the end of a secret is cut between characters', async () => {
  const told = await owner.mutate('connections.create', {
    ...(await newTenant()),
    ...newConnection({ clientSecret: 'long-enough\u{1f511}abc' }),
  });
  expect(told.data['credential']).toMatchObject({ hint: 'Secret ending in …\u{1f511}abc' });
});

test('of a secret shorter than twelve characters none is shown', async () => {
  const hintOf = async (clientSecret: string) => {
    const { data } = await owner.mutate('connections.create', {
      ...(await newTenant()),
      ...newConnection({ clientSecret }),
    });
    return data['credential'];
  };
  expect(await hintOf('sandbox-sec')).toMatchObject({ hint: 'Short secret' });
  expect(await hintOf('\u{1f511}'.repeat(11))).toMatchObject({ hint: 'Short secret' });
  expect(await hintOf('sandbox-secr')).toMatchObject({ hint: 'Secret ending in …secr' });
});

test('a secret is in no answer and in no table, whatever is done with it', async () => {
  const canaries = ['canary-first-6b1f04', 'canary-second-93ac1d', 'canary-refused-50ee7a'];
  const tenant = await newTenant();
  const session = await api.app.db.prisma.onboardingSession.findFirstOrThrow({ where: tenant });
  const ref = { workspaceId, onboardingSessionId: session.id };
  const selected = await owner.mutate('onboarding.selectConnection', {
    ...ref,
    version: 1,
    create: newConnection({ clientSecret: canaries[0] }),
  });
  const named = { workspaceId, providerConnectionId: selected.data['providerConnectionId'] };
  const refused = { kind: 'client_secret', clientSecret: canaries[2], [canaries[2] ?? '']: canaries[2] };
  const run = await owner.mutate('onboarding.startVerification', ref);
  const told = [
    selected,
    run,
    await owner.mutate('connections.rotateCredential', { ...named, credential: secretOf(canaries[1] ?? '') }),
    await owner.mutate('connections.rotateCredential', {
      ...named,
      credential: { ...refused, kind: 'other' },
    }),
    await owner.query('connections.get', named),
    await owner.query('connections.list', { workspaceId }),
    await owner.query('managedTenants.get', tenant),
    await owner.query('managedTenants.list', { workspaceId }),
    await owner.query('onboarding.get', ref),
    await owner.query('onboarding.list', { workspaceId }),
    await owner.query('operations.get', { workspaceId, operationRunId: run.data['operationRunId'] }),
    await owner.query('operations.list', { workspaceId }),
    await owner.query('audit.list', { workspaceId }),
  ];
  const shown = told.map(({ body }) => body).join('\n');
  const dump = await dumpOf(api);
  expect(dump).toContain(String(named.providerConnectionId));
  for (const canary of canaries) {
    expect(shown).not.toContain(canary);
    expect(dump).not.toContain(canary);
    expect(dump).not.toContain(Buffer.from(canary).toString('base64url'));
    expect(dump).not.toContain(Buffer.from(canary).toString('hex'));
  }
});

/** Every row of every table as text. */
async function dumpOf({ app }: TestApi): Promise<string> {
  const { prisma } = app.db;
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
  const texts = tables.map(async ({ name }) => {
    const rows = await prisma.$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM "${name}" t`);
    return rows.map(({ row }) => `${name}: ${row}`).join('\n');
  });
  return (await Promise.all(texts)).join('\n');
}
