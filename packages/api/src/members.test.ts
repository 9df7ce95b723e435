import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openAcme } from './test-acme.js';
import { invite, listPeople, userIdOf } from './test-people.js';

const acme = await openAcme();
const { api, owner, admin, workspaceId } = acme;

test('the last owner stays', async () => {
  const userId = await userIdOf(acme, 'owner@acme.example');
  const told = [
    await owner.mutate('members.changeRole', { workspaceId, userId, role: 'viewer' }),
    await owner.mutate('members.remove', { workspaceId, userId }),
  ];
  expect(told.map(({ status, reason }) => [status, reason])).toEqual(
    told.map(() => [409, 'member.last_owner']),
  );
});

test('of two owners who unmake each other at once, one stays', async () => {
  const userIds = [await userIdOf(acme, 'owner@acme.example'), await userIdOf(acme, 'admin@acme.example')];
  const [first, second] = userIds;
  for (let round = 0; round < 5; round += 1) {
    await api.app.db.prisma.membership.updateMany({
      where: { workspaceId, userId: { in: userIds } },
      data: { role: 'owner' },
    });
    const told = await Promise.all([
      owner.mutate('members.changeRole', { workspaceId, userId: second, role: 'admin' }),
      admin.mutate('members.changeRole', { workspaceId, userId: first, role: 'admin' }),
      owner.mutate('members.changeRole', { workspaceId, userId: first, role: 'admin' }),
    ]);
    for (const { status, body } of told) expect([200, 403, 409], body).toContain(status);
    expect((await listPeople(acme)).filter(({ role }) => role === 'owner')).toHaveLength(1);
  }
  await api.app.db.prisma.membership.update({
    where: { workspaceId_userId: { workspaceId, userId: first ?? '' } },
    data: { role: 'owner' },
  });
  await api.app.db.prisma.membership.update({
    where: { workspaceId_userId: { workspaceId, userId: second ?? '' } },
    data: { role: 'admin' },
  });
});

test('an admin neither makes nor unmakes owners', async () => {
  const told = [
    await admin.mutate('members.changeRole', {
      workspaceId,
      userId: await userIdOf(acme, 'admin@acme.example'),
      role: 'owner',
    }),
    await admin.mutate('members.changeRole', {
      workspaceId,
      userId: await userIdOf(acme, 'owner@acme.example'),
      role: 'viewer',
    }),
    await admin.mutate('members.remove', { workspaceId, userId: await userIdOf(acme, 'owner@acme.example') }),
    await invite(acme, admin, 'new-owner@example.com', 'owner'),
  ];
  expect(told.map(({ status, reason }) => [status, reason])).toEqual(
    told.map(() => [403, 'capability.missing']),
  );
});

test('somebody who is no member here is not found, whether they exist or not', async () => {
  for (const userId of [
    await userIdOf(acme, 'owner@globex.example'),
    await userIdOf(acme, 'nobody@example.com'),
    randomUUID(),
  ]) {
    const told = [
      await owner.mutate('members.changeRole', { workspaceId, userId, role: 'viewer' }),
      await owner.mutate('members.remove', { workspaceId, userId }),
    ];
    expect(told.map(({ status, reason }) => [status, reason])).toEqual(
      told.map(() => [404, 'resource.not_found']),
    );
  }
});
