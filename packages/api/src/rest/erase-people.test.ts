import { erasePerson, LastOwnerError } from '@gangway/domain/accounts/erase-person';
import { exportPerson } from '@gangway/domain/accounts/export-person';
import { eraseOldRows } from '@gangway/domain/housekeeping/erase-old-rows';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { openPartnerApi } from './test-open-partner-api.js';
import { makeMember, provisionWorkspace, signIn } from './test-workspaces.js';

// What is left of people after their account, their tenant or the time of a run has ended: searched for in every table.

const api = await openPartnerApi();
const { db } = api.app;
const { prisma } = db;
const owner = new pg.Client({ connectionString: api.ownerUrl });
await owner.connect();
afterAll(() => owner.end());

/** The tables and columns in which a text stands, in any case, as text or in the bytes of a column. */
async function findEverywhere(canary: string): Promise<string[]> {
  const { rows: columns } = await owner.query<{ table: string; column: string; type: string }>(
    `SELECT table_name AS table, column_name AS column, data_type AS type FROM information_schema.columns
      WHERE table_schema = 'public'
        AND data_type IN ('text', 'character varying', 'json', 'jsonb', 'bytea', 'ARRAY')`,
  );
  const found: string[] = [];
  for (const { table, column, type } of columns) {
    const text = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
    const hits = await owner.query(
      `SELECT FROM "${table}" WHERE strpos(lower(${text}), lower($1)) > 0 LIMIT 1`,
      [canary],
    );
    if (hits.rowCount) found.push(`${table}.${column}`);
  }
  return found;
}

const CANARY = 'zqxcanary';
const one = '/api/provisioning/tenants';

async function createCanaryTenant(name: string) {
  const made = await api.call('POST', one, {
    body: {
      client_name: `${CANARY} Ltd`,
      email: `${CANARY}-${name}@canary.example`,
      phone_number: '+49 30 5550199',
      industry: `${CANARY} trade`,
      company_name: `${CANARY} Holding`,
      admin_user: { first_name: `${CANARY}first`, last_name: `${CANARY}last` },
    },
    headers: { 'user-agent': CANARY },
  });
  const run = String(made.body['operation_run_id']);
  expect((await api.finished(run)).body['status']).toBe('succeeded');
  const tenant = String(made.body['tenant']);
  const { id: workspaceId } = await prisma.workspace.findUniqueOrThrow({ where: { tenant } });
  const { userId } = await prisma.user.findUniqueOrThrow({
    where: { email: `${CANARY}-${name}@canary.example` },
  });
  return { tenant, run, workspaceId, ownerId: userId };
}

/** Leaves traces of members in the workspace: actions, a denial, invitations, a reset mail, a run, a consent. */
async function leaveTraces(place: { workspaceId: string; ownerId: string }, name: string) {
  const email = `${CANARY}-${name}@canary.example`;
  const userId = await makeMember(api, place, email, 'admin');
  const cookie = (await signIn(api, email)) ?? '';
  const call = (procedure: string, body: object) =>
    api.call('POST', `/trpc/${procedure}`, { token: null, headers: { cookie, 'user-agent': CANARY }, body });
  const { workspaceId } = place;
  const invited = { workspaceId, email: `${CANARY}-guest-${name}@canary.example`, role: 'viewer' };
  expect((await call('members.invite', invited)).status).toBe(200);
  expect((await call('members.invite', { ...invited, role: 'owner' })).status).toBe(403);
  const identify = { workspaceId, entraTenantId: crypto.randomUUID(), name: `${CANARY} customer` };
  await call('onboarding.identifyTenant', identify);
  await call('auth.requestPasswordReset', { email });
  await call('members.changeRole', { workspaceId, userId, role: 'operator' });
  return { userId, email, cookie };
}

async function deleteTenant(tenant: string): Promise<void> {
  const deletion = await api.call('DELETE', `${one}/${tenant}`);
  const ended = await api.finished(String(deletion.body['operation_run_id']));
  expect(ended.body['status']).toBe('succeeded');
}

test('nothing in the database names anybody of a tenant that was deleted', async () => {
  const place = await createCanaryTenant('boss');
  const { userId } = await leaveTraces(place, 'member');
  const hook = { url: 'https://93.184.215.14/hook', events: ['tenant.updated', 'tenant.deleted'] };
  expect((await api.call('POST', '/api/provisioning/webhooks', { body: hook })).status).toBe(201);
  const change = { client_name: `${CANARY} AG`, phone_number: '+49 30 5550199' };
  expect((await api.call('PATCH', `${one}/${place.tenant}`, { body: change })).status).toBe(200);
  const before = await findEverywhere(CANARY);
  for (const column of [
    'webhook_deliveries.payload',
    'audit_events.actor_label',
    'audit_events.data',
    'operation_runs.input',
    'users.email',
  ])
    expect(before).toContain(column);
  await deleteTenant(place.tenant);
  expect(await findEverywhere(CANARY)).toEqual([]);
  expect(await findEverywhere('5550199')).toEqual([]);
  // That it was done, and by whom, can still be told apart.
  const kept = await prisma.auditEvent.findMany({
    where: { workspaceId: place.workspaceId, actorId: userId },
  });
  expect(kept.map(({ action }) => action)).toContain('members.invite');
  expect(new Set(kept.map(({ actorLabel }) => actorLabel))).toEqual(new Set(['erased']));
});

test('someone who once worked elsewhere is named nowhere when the account ends', async () => {
  const home = await provisionWorkspace(api, 'home@erase.example');
  const place = await createCanaryTenant('other');
  const { userId, email } = await leaveTraces(home, 'moved');
  await makeMember(api, place, email);
  await prisma.membership.delete({
    where: { workspaceId_userId: { workspaceId: home.workspaceId, userId } },
  });
  await deleteTenant(place.tenant);
  expect(await prisma.user.count({ where: { userId } })).toBe(0);
  expect(await findEverywhere(email)).toEqual([]);
});

test('the operator exports and erases one person, never the last owner of a workspace', async () => {
  const home = await provisionWorkspace(api, 'kept@erase.example');
  const { userId, email } = await leaveTraces(home, 'asks');
  const where = { workspaceId_userId: { workspaceId: home.workspaceId, userId } };
  await prisma.membership.update({ where, data: { role: 'owner' } });
  await prisma.membership.delete({
    where: { workspaceId_userId: { workspaceId: home.workspaceId, userId: home.ownerId } },
  });
  await expect(erasePerson(db, email)).rejects.toThrow(LastOwnerError);
  const exported = await exportPerson(db, email.toUpperCase());
  expect(exported).toMatchObject({
    account: { userId, email, memberships: [{ role: 'owner' }] },
    mails: expect.arrayContaining([expect.objectContaining({ recipient: email })]) as unknown,
  });
  expect(exported.auditEvents.map(({ action }) => action)).toContain('members.invite');
  expect(JSON.stringify(exported)).not.toMatch(/passwordHash|tokenHash|iphertext/);

  await prisma.membership.create({
    data: { workspaceId: home.workspaceId, userId: home.ownerId, role: 'owner' },
  });
  expect(await erasePerson(db, email)).toEqual({
    userId,
    workspaceIds: [home.workspaceId],
    tenantsOfAddress: [],
  });
  expect(await findEverywhere(email)).toEqual([]);
  expect(
    await prisma.auditEvent.findMany({ where: { workspaceId: home.workspaceId, actorId: 'operator' } }),
  ).toMatchObject([
    { action: 'members.remove', targetId: userId },
    { action: 'accounts.delete', targetId: userId },
  ]);
});

test('of two owners who are erased at once, one stays', async () => {
  const { workspaceId, ownerId, ...rest } = await provisionWorkspace(api, 'pair@erase.example');
  await makeMember(api, { workspaceId, ownerId, ...rest }, 'pair-two@erase.example', 'owner');
  const ends = await Promise.allSettled(
    ['pair@erase.example', 'pair-two@erase.example'].map((email) => erasePerson(db, email)),
  );
  expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await prisma.membership.count({ where: { workspaceId, role: 'owner' } })).toBe(1);
});

test('a creation forgets names thirty days after its end, unless it is parked, and can still be read', async () => {
  const made = await createCanaryTenant('old');
  const input = async () => (await prisma.operationRun.findUniqueOrThrow({ where: { id: made.run } })).input;
  const ended = (days: number, held: boolean) =>
    prisma.operationRun.update({
      where: { id: made.run },
      data: { finishedAt: new Date(Date.now() - days * 86_400_000), held },
    });
  for (const [days, held] of [
    [29, false],
    [31, true],
  ] as const) {
    await ended(days, held);
    await eraseOldRows({ db }, { keepsMails: true });
    expect(JSON.stringify(await input())).toContain(CANARY);
  }
  await ended(31, false);
  await eraseOldRows({ db }, { keepsMails: true });
  expect(await input()).toEqual({
    ...{ companyId: expect.any(String) as unknown, adminUserId: made.ownerId },
    ...{ workspaceId: made.workspaceId, mailId: expect.any(String) as unknown },
    ...{ contractLine: 'basic', credentialDelivery: 'temporary_password' },
  });
  expect((await api.call('GET', `/api/provisioning/operation-runs/${made.run}`)).status).toBe(200);
  await prisma.operationRun.update({ where: { id: made.run }, data: { status: 'failed' } });
  await prisma.tenant.delete({ where: { tenant: made.tenant } });
  const failed = await api.call('GET', `${one}/${made.tenant}`);
  expect([failed.status, failed.body['client_name'], failed.body['status']]).toEqual([
    200,
    'erased',
    'failed',
  ]);
  expect((await api.call('GET', `${one}?status=failed`)).status).toBe(200);
});
