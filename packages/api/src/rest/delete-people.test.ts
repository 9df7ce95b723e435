import { expect, test } from 'vitest';
import { openPartnerApi } from './test-open-partner-api.js';
import { listWorkspaces, makeMember, provisionWorkspace, signIn } from './test-workspaces.js';

// Accounts belong to people: what the deletion of a tenant means for those who work elsewhere too.

const api = await openPartnerApi();
const { prisma } = api.app.db;
const other = await api.tokenOf('other-partner');
let count = 0;
const address = (name: string) => `${name}-${(count += 1)}@people.example`;
const at = (tenant: string) => `/api/provisioning/tenants/${tenant}`;

async function deleteTenant(tenant: string, token?: string) {
  const as = token === undefined ? {} : { token };
  const deletion = await api.call('DELETE', at(tenant), as);
  expect(deletion.status, deletion.text).toBe(202);
  const id = String(deletion.body['operation_run_id']);
  await expect
    .poll(() => prisma.operationRun.findUnique({ where: { id } }), { timeout: 10_000 })
    .toMatchObject({ status: 'succeeded' });
  return prisma.operationRun.findUniqueOrThrow({ where: { id } });
}
const trailOf = async (workspaceId: string) =>
  (await prisma.auditEvent.findMany({ where: { workspaceId }, orderBy: { id: 'asc' } })).map(
    ({ action, targetId, actorId }) => ({ action, targetId, actorId }),
  );

test('who was first invited elsewhere keeps the account, the session and the ownership there', async () => {
  const first = await provisionWorkspace(api, address('first'));
  const second = await provisionWorkspace(api, address('second'), other);
  const email = address('works-twice');
  const userId = await makeMember(api, first, email, 'admin');
  await makeMember(api, second, email, 'owner');
  await prisma.membership.delete({
    where: { workspaceId_userId: { workspaceId: second.workspaceId, userId: second.ownerId } },
  });
  const cookie = (await signIn(api, email)) ?? '';
  expect(await listWorkspaces(api, cookie)).toEqual({
    status: 200,
    ids: [first.workspaceId, second.workspaceId].sort(),
  });
  const [before, trail] = await Promise.all([
    prisma.user.findUnique({ where: { userId } }),
    trailOf(second.workspaceId),
  ]);

  const preview = await api.call('GET', `${at(first.tenant)}/deletion`);
  expect(preview.body).toMatchObject({ memberships_ended: 2, accounts_ended: 1, next_cursor: null });
  expect(preview.body['items']).toEqual([
    { user_id: first.ownerId, email: expect.any(String) as unknown, role: 'owner', account_ends: true },
    { user_id: userId, email, role: 'admin', account_ends: false },
  ]);
  const run = await deleteTenant(first.tenant);
  expect(run.result).toMatchObject({ membershipsEnded: 2, accountsEnded: 1 });

  expect(await listWorkspaces(api, cookie)).toEqual({ status: 200, ids: [second.workspaceId] });
  expect(await signIn(api, email)).not.toBeNull();
  expect(await prisma.user.findUnique({ where: { userId } })).toEqual({ ...before, tenant: null });
  expect(await prisma.membership.findMany({ where: { userId } })).toMatchObject([
    { workspaceId: second.workspaceId, role: 'owner' },
  ]);
  expect(await trailOf(second.workspaceId)).toEqual(trail);
  const ended = await trailOf(first.workspaceId);
  for (const event of [
    { action: 'members.remove', targetId: first.ownerId, actorId: run.startedById },
    { action: 'members.remove', targetId: userId, actorId: run.startedById },
    { action: 'accounts.delete', targetId: first.ownerId, actorId: run.startedById },
  ])
    expect(ended).toContainEqual(event);
  expect(ended).not.toContainEqual(expect.objectContaining({ action: 'accounts.delete', targetId: userId }));

  await deleteTenant(second.tenant, other);
  expect(await prisma.user.findMany({ where: { userId: { in: [userId, first.ownerId] } } })).toEqual([]);
  expect([await listWorkspaces(api, cookie), await signIn(api, email)]).toEqual([
    { status: 401, ids: [] },
    null,
  ]);
});

test('the dry run has pages, names accounts without a membership, and changes nothing', async () => {
  const paged = await provisionWorkspace(api, address('paged'));
  const { tenant, ownerId } = paged;
  const removed = await makeMember(api, paged, address('removed'));
  const member = await makeMember(api, paged, address('member'), 'operator');
  await prisma.membership.deleteMany({ where: { userId: removed } });
  const ids: unknown[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await api.call('GET', `${at(tenant)}/deletion?limit=1${cursor ? `&cursor=${cursor}` : ''}`);
    expect(page.body).toMatchObject({ tenant, memberships_ended: 2, accounts_ended: 3 });
    ids.push(
      ...(page.body['items'] as { user_id: string; role: unknown }[]).map((item) => Object.values(item)),
    );
    cursor = page.body['next_cursor'] as string | null;
  }
  const email = expect.any(String) as unknown;
  expect(ids).toEqual([
    [ownerId, email, 'owner', true],
    [removed, email, null, true],
    [member, email, 'operator', true],
  ]);
  expect((await api.call('GET', at(tenant))).body['status']).toBe('active');
  expect((await api.call('GET', `${at(tenant)}/deletion`, { token: other })).status).toBe(404);
  const reader = await api.tokenOf('demo-integration');
  expect((await api.call('GET', `${at(tenant)}/deletion`, { token: reader })).status).toBe(403);
  await deleteTenant(tenant);
  expect(await prisma.user.count({ where: { userId: { in: [ownerId, removed, member] } } })).toBe(0);
});

test('a DELETE that asks for a dry run in its address deletes nothing', async () => {
  const { tenant } = await provisionWorkspace(api, address('asked'));
  const refused = await api.call('DELETE', `${at(tenant)}?dry_run=true`);
  expect([refused.status, refused.body['errors']]).toEqual([
    400,
    [expect.objectContaining({ field: 'dry_run' })],
  ]);
  expect((await api.call('GET', at(tenant))).body['status']).toBe('active');
});

test('of a deletion and an invitation that is accepted at once, the account stays or the acceptance is refused', async () => {
  const home = await provisionWorkspace(api, address('home'), other);
  for (let round = 0; round < 6; round += 1) {
    const racing = await provisionWorkspace(api, address('racing'));
    const email = address('joins');
    const userId = await makeMember(api, racing, email);
    const [joined] = await Promise.allSettled([makeMember(api, home, email), deleteTenant(racing.tenant)]);
    const account = await prisma.user.findUnique({ where: { email }, include: { memberships: true } });
    // Who comes too late for the old account has a new one, or was refused and has none.
    if (joined.status === 'fulfilled') expect(account?.memberships).toHaveLength(1);
    else expect(account).toBeNull();
    if (account?.userId === userId) expect(joined).toEqual({ status: 'fulfilled', value: userId });
  }
});

test('two tenants that are deleted at once end the account of someone who worked in both', async () => {
  for (let round = 0; round < 3; round += 1) {
    const one = await provisionWorkspace(api, address('one'));
    const two = await provisionWorkspace(api, address('two'), other);
    const email = address('in-both');
    await makeMember(api, one, email);
    await makeMember(api, two, email);
    const runs = await Promise.all([deleteTenant(one.tenant), deleteTenant(two.tenant, other)]);
    expect(await prisma.user.count({ where: { email } })).toBe(0);
    const ended = runs.map(({ result }) => (result as { accountsEnded: number }).accountsEnded);
    expect(ended.sort()).toEqual([1, 2]);
  }
});

test('a parked creation that is rolled back leaves the account of an admin who has joined elsewhere', async () => {
  const home = await provisionWorkspace(api, address('joined'), other);
  for (const isMemberElsewhere of [true, false]) {
    const { tenant, ownerId } = await provisionWorkspace(api, address('parked'));
    const { id } = await prisma.operationRun.findFirstOrThrow({ where: { subjectId: tenant } });
    await prisma.operationRun.update({ where: { id }, data: { status: 'failed', held: true } });
    if (isMemberElsewhere)
      await prisma.membership.create({
        data: { workspaceId: home.workspaceId, userId: ownerId, role: 'viewer' },
      });
    const path = `/api/provisioning/operation-runs/${id}/roll-back`;
    const dry = await api.call('POST', path);
    expect(dry.text.includes(ownerId)).toBe(!isMemberElsewhere);
    expect((await api.call('POST', path, { body: { dry_run: false } })).status).toBe(202);
    await expect.poll(() => prisma.tenant.count({ where: { tenant } }), { timeout: 10_000 }).toBe(0);
    expect(await prisma.user.count({ where: { userId: ownerId } })).toBe(isMemberElsewhere ? 1 : 0);
  }
});
