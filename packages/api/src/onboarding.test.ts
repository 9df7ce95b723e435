import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openAcme } from './test-acme.js';
import { atOnce } from './test-caller.js';
import { connect, newConnection } from './test-onboarding.js';

// The verbs of the wizard over HTTP: the second tab, the second admin, the double click.

const { api, owner, admin, workspaceId } = await openAcme();

async function identify(entraTenantId: string = randomUUID(), name = 'Contoso') {
  const { data } = await owner.mutate('onboarding.identifyTenant', { workspaceId, entraTenantId, name });
  return {
    managedTenantId: String(data['managedTenantId']),
    session: { workspaceId, onboardingSessionId: String(data['onboardingSessionId']) },
    version: Number(data['version']),
  };
}

/** A session with a connection, and where `isVerified` with a verification that succeeded. */
async function connected(options: { isVerified?: boolean } = {}) {
  const { managedTenantId, session, providerConnectionId } = await connect(owner, workspaceId);
  if (options.isVerified) {
    const started = await owner.mutate('onboarding.startVerification', session);
    await api.app.db.prisma.operationRun.update({
      where: { id: String(started.data['operationRunId']) },
      data: { status: 'succeeded', progress: 100, finishedAt: new Date() },
    });
  }
  const { data } = await owner.query('onboarding.get', session);
  return { managedTenantId, session, providerConnectionId, version: Number(data['version']) };
}

const statuses = (told: readonly { status: number }[]) => told.map(({ status }) => status).sort();

test('fifty that identify one tenant at once share one managed tenant and one session', async () => {
  const entraTenantId = randomUUID();
  const told = await atOnce(50, (index) =>
    (index % 2 ? owner : admin).mutate('onboarding.identifyTenant', {
      workspaceId,
      entraTenantId: index % 3 ? entraTenantId : entraTenantId.toUpperCase(),
      name: `Name ${index}`,
    }),
  );
  expect(new Set(statuses(told))).toEqual(new Set([200]));
  expect(new Set(told.map(({ data }) => data['managedTenantId'])).size).toBe(1);
  expect(new Set(told.map(({ data }) => data['onboardingSessionId'])).size).toBe(1);
  expect(told.filter(({ data }) => data['resumed'] === false)).toHaveLength(1);
  const rows = await api.app.db.prisma.managedTenant.findMany({
    where: { entraTenantId },
    include: { sessions: true },
  });
  expect(rows.map((row) => row.sessions.length)).toEqual([1]);
});

test('a name typed composed or decomposed is stored as one', async () => {
  const names = ['Ame\u0301lie \u00d6l', '  Am\u00e9lie O\u0308l '];
  const stored: unknown[] = [];
  for (const name of names) {
    const { managedTenantId } = await identify(randomUUID(), name);
    stored.push((await owner.query('managedTenants.get', { workspaceId, managedTenantId })).data['name']);
  }
  expect(stored).toEqual(['Am\u00e9lie \u00d6l', 'Am\u00e9lie \u00d6l']);
});

test('fifty that start the verification at once get one run', async () => {
  const { session, providerConnectionId, version } = await connected();
  const told = await atOnce(50, () => owner.mutate('onboarding.startVerification', session));
  expect(new Set(statuses(told))).toEqual(new Set([200]));
  expect(new Set(told.map(({ data }) => data['operationRunId'])).size).toBe(1);
  expect(await api.app.db.prisma.operationRun.count({ where: { providerConnectionId } })).toBe(1);
  expect((await owner.query('onboarding.get', session)).data['version']).toBe(version + 1);
});

test('a stale version is refused with who changed it, when, and to which version', async () => {
  const { session, version } = await connected();
  const change = { ...session, version, create: newConnection() };
  const first = await admin.mutate('onboarding.selectConnection', change);
  const second = await owner.mutate('onboarding.selectConnection', change);
  expect([first.status, second.status, second.reason]).toEqual([200, 409, 'session.version_conflict']);
  const now = (await owner.query('onboarding.get', session)).data;
  expect(second.data['conflict']).toEqual({
    version: now['version'],
    updatedBy: 'admin@acme.example',
    updatedAt: now['updatedAt'],
  });
});

test('a double click on a new connection makes one', async () => {
  const { session, managedTenantId, version } = await identify();
  const change = { ...session, version, create: newConnection() };
  const told = await atOnce(8, () => owner.mutate('onboarding.selectConnection', change));
  expect(statuses(told)).toEqual([200, ...Array.from({ length: 7 }, () => 409)]);
  expect(await api.app.db.prisma.providerConnection.count({ where: { managedTenantId } })).toBe(1);
});

test('a connection of another managed tenant of the workspace is not found', async () => {
  const other = await connected();
  const { session, version } = await identify();
  const told = await owner.mutate('onboarding.selectConnection', {
    ...session,
    version,
    providerConnectionId: other.providerConnectionId,
  });
  expect([told.status, told.reason]).toEqual([404, 'resource.not_found']);
  expect((await owner.query('onboarding.get', session)).data['connection']).toBeNull();
});

test('steps wait for the one before', async () => {
  const { session, version } = await identify();
  const operationTypes = ['inventory.users'];
  const early = [
    await owner.mutate('onboarding.startVerification', session),
    await owner.mutate('onboarding.startBootstrap', { ...session, operationTypes }),
    await owner.mutate('onboarding.complete', session),
  ];
  await owner.mutate('onboarding.selectConnection', { ...session, version, create: newConnection() });
  early.push(
    await owner.mutate('onboarding.startBootstrap', { ...session, operationTypes }),
    await owner.mutate('onboarding.complete', session),
  );
  expect(early.map(({ status, reason }) => [status, reason])).toEqual(
    early.map(() => [409, 'session.step_not_ready']),
  );
  const unknown = { ...session, operationTypes: ['inventory.users', 'inventory.everything'] };
  const told = await owner.mutate('onboarding.startBootstrap', unknown);
  expect([told.status, JSON.stringify(told.data['fieldErrors'])]).toEqual([
    400,
    expect.stringContaining('operationTypes.1'),
  ]);
});

test('an abandoned session is closed, and its tenant can be identified anew', async () => {
  const { session, version, managedTenantId } = await connected({ isVerified: true });
  const abandoned = await atOnce(6, () => owner.mutate('onboarding.abandon', session));
  expect(abandoned.map(({ status, data }) => [status, data['status'], data['version']])).toEqual(
    abandoned.map(() => [200, 'abandoned', version + 1]),
  );
  const closed = [
    await owner.mutate('onboarding.selectConnection', { ...session, version, create: newConnection() }),
    await owner.mutate('onboarding.startVerification', session),
    await owner.mutate('onboarding.startBootstrap', { ...session, operationTypes: ['inventory.users'] }),
    await owner.mutate('onboarding.complete', session),
  ];
  expect(closed.map(({ status, reason }) => [status, reason])).toEqual(
    closed.map(() => [409, 'session.closed']),
  );
  const { entraTenantId } = await api.app.db.prisma.managedTenant.findUniqueOrThrow({
    where: { id: managedTenantId },
  });
  const again = await identify(entraTenantId);
  expect(again.managedTenantId).toBe(managedTenantId);
  expect(again.session.onboardingSessionId).not.toBe(session.onboardingSessionId);
});

test('completing once or many times ends the session once, and makes the tenant active', async () => {
  const { session, version, managedTenantId } = await connected({ isVerified: true });
  const told = await atOnce(10, () => admin.mutate('onboarding.complete', session));
  expect(told.map(({ status, data }) => [status, data['currentStep'], data['version']])).toEqual(
    told.map(() => [200, 'complete', version + 1]),
  );
  const tenant = (await owner.query('managedTenants.get', { workspaceId, managedTenantId })).data;
  expect([tenant['status'], tenant['onboardingSessionId']]).toEqual(['active', null]);
  const abandoned = await owner.mutate('onboarding.abandon', session);
  expect([abandoned.status, abandoned.reason]).toEqual([409, 'session.closed']);
  const again = await identify(String(tenant['entraTenantId']), 'Renamed by a second onboarding');
  expect(again.managedTenantId).toBe(managedTenantId);
  const after = (await owner.query('managedTenants.get', { workspaceId, managedTenantId })).data;
  expect([after['name'], after['status']]).toEqual([tenant['name'], 'active']);
});

test('the connection that a completed onboarding verified becomes the default, and the tenant is as healthy as it', async () => {
  const { session, version, managedTenantId, providerConnectionId: broken } = await connected();
  const { prisma } = api.app.db;
  await prisma.providerConnection.update({
    where: { id: broken },
    data: { checkedRevision: 1, checkedOutcome: 'failed', checkedAt: new Date() },
  });
  await prisma.managedTenant.update({ where: { id: managedTenantId }, data: { health: 'failing' } });
  const create = newConnection();
  const selected = await owner.mutate('onboarding.selectConnection', { ...session, version, create });
  const mended = String(selected.data['providerConnectionId']);
  const started = await owner.mutate('onboarding.startVerification', session);
  const checkedRunId = String(started.data['operationRunId']);
  const checkedAt = new Date();
  await prisma.operationRun.update({
    where: { id: checkedRunId },
    data: { status: 'succeeded', progress: 100, finishedAt: checkedAt },
  });
  await prisma.providerConnection.update({
    where: { id: mended },
    data: { checkedRevision: 1, checkedOutcome: 'verified', checkedAt, verifiedAt: checkedAt, checkedRunId },
  });
  expect(selected.data['isDefault']).toBe(false);
  expect(statuses(await atOnce(4, () => owner.mutate('onboarding.complete', session)))).toEqual([
    200, 200, 200, 200,
  ]);
  const tenant = (await owner.query('managedTenants.get', { workspaceId, managedTenantId })).data;
  expect(tenant).toMatchObject({ health: 'healthy', lastCheckedAt: checkedAt.toISOString() });
  expect(tenant['connections']).toMatchObject([
    { id: broken, isDefault: false },
    { id: mended, isDefault: true },
  ]);
  const trail = await prisma.auditEvent.findMany({
    where: { action: 'connections.setDefault', targetId: mended },
  });
  expect(trail.map(({ data }) => data)).toEqual([{ because: 'onboarded' }]);
});

test('a change of the connection makes the verification stale and closes the steps after it', async () => {
  const { session, providerConnectionId } = await connected({ isVerified: true });
  expect((await owner.query('onboarding.get', session)).data['currentStep']).toBe('bootstrap');
  const rotated = await admin.mutate('connections.rotateCredential', {
    workspaceId,
    providerConnectionId,
    credential: { kind: 'client_secret', clientSecret: 'another-secret-of-length' },
  });
  expect(rotated.status).toBe(200);
  const { data } = await owner.query('onboarding.get', session);
  expect([data['currentStep'], data['verification']]).toEqual([
    'verify',
    expect.objectContaining({ stale: true }),
  ]);
  expect((await owner.mutate('onboarding.complete', session)).reason).toBe('session.step_not_ready');
});

test('identifying while another tab abandons gives an open session every time', async () => {
  for (let round = 0; round < 15; round += 1) {
    const entraTenantId = randomUUID();
    const { session } = await identify(entraTenantId);
    const again = { workspaceId, entraTenantId, name: 'Contoso' };
    const told = await atOnce(6, (index) =>
      index % 3 === 1
        ? admin.mutate('onboarding.abandon', session)
        : owner.mutate('onboarding.identifyTenant', again),
    );
    expect(new Set(statuses(told))).toEqual(new Set([200]));
  }
});

test('choosing a connection while another admin removes it ends one way or the other', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { session, providerConnectionId, managedTenantId } = await connected();
    const other = await owner.mutate('connections.create', {
      workspaceId,
      managedTenantId,
      ...newConnection(),
    });
    const version = Number((await owner.query('onboarding.get', session)).data['version']);
    const chosen = { ...session, version, providerConnectionId: other.data['id'] };
    const [selected, removed] = await Promise.all([
      owner.mutate('onboarding.selectConnection', chosen),
      admin.mutate('connections.remove', { workspaceId, providerConnectionId: other.data['id'] }),
    ]);
    const outcome = [selected.status, removed.status].join(' ');
    expect(['200 409', '404 200']).toContain(outcome);
    const { data } = await owner.query('onboarding.get', session);
    const id = selected.status === 200 ? other.data['id'] : providerConnectionId;
    expect(data['connection']).toEqual(expect.objectContaining({ id }));
  }
});
