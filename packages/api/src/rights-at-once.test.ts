import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAcme } from './test-acme.js';
import { holdAudit } from './test-at-once.js';
import { callerOf, callerWith, type Told } from './test-caller.js';
import { returnTo, stateOf, tokenOf } from './test-consent.js';
import { mailedTokens } from './test-mail.js';
import { connect, newConnection } from './test-onboarding.js';
import { invite, userIdOf } from './test-people.js';
import { seedPartner } from './test-place.js';

// Who acts in a workspace without being a member yet, or without being there, and members who act against each other.

const acme = await openAcme();
const { api, owner, admin, workspaceId } = acme;
const { prisma } = api.app.db;
const anybody = callerWith(api, '');
const partner = await seedPartner(api, 'demo-partner');
const { tenant } = await prisma.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
const ownerId = await userIdOf(acme, 'owner@acme.example');
const adminId = await userIdOf(acme, 'admin@acme.example');

const asPartner = async (path: string) =>
  (await api.call(`provisioning.tenants.${path}`, 'mutation', { tenant }, partner.bearer)).status;
const setRole = (userId: string, role: string) =>
  prisma.membership.upsert({
    where: { workspaceId_userId: { workspaceId, userId } },
    create: { workspaceId, userId, role },
    update: { role },
  });

beforeEach(async () => {
  await setRole(ownerId, 'owner');
  await setRole(adminId, 'admin');
});
afterEach(() => asPartner('reactivate'));

/** Makes one call that stands still in its transaction, then another one, and lets go. */
async function oneThenOther<A, B>(one: () => Promise<A>, other: () => Promise<B>): Promise<[A, B]> {
  const held = await holdAudit(api);
  const first = await held.start(one);
  const second = await held.start(other);
  await held.release();
  expect(second.waitsFor).toEqual([first.pid]);
  return [await first.ends, await second.ends];
}

/** The owner and another owner do something to each other, or to themselves. */
const demote = (by: typeof owner, userId: string) => () =>
  by.mutate('members.changeRole', { workspaceId, userId, role: 'viewer' });
const remove = (by: typeof owner, userId: string) => () =>
  by.mutate('members.remove', { workspaceId, userId });

test.each([
  ['demote each other', demote(owner, adminId), demote(admin, ownerId), 403, 'capability.missing'],
  ['remove each other', remove(owner, adminId), remove(admin, ownerId), 404, 'workspace.not_found'],
  ['leave', remove(owner, ownerId), remove(admin, adminId), 409, 'member.last_owner'],
  ['step down', demote(owner, ownerId), demote(admin, adminId), 409, 'member.last_owner'],
  ['demote and remove each other', demote(owner, adminId), remove(admin, ownerId), 403, 'capability.missing'],
])('of two owners who %s at once one does', async (_, one, other, status, reason) => {
  await setRole(adminId, 'owner');
  const [first, second] = await oneThenOther<Told, Told>(one, other);
  expect([first.status, second.status, second.reason]).toEqual([200, status, reason]);
  expect(await prisma.membership.count({ where: { workspaceId, role: 'owner' } })).toBe(1);
});

test('an owner who is made an admin meanwhile makes no more owners', async () => {
  await setRole(adminId, 'owner');
  const viewerId = await userIdOf(acme, 'viewer@acme.example');
  const change = (by: typeof owner, userId: string, role: string) => () =>
    by.mutate('members.changeRole', { workspaceId, userId, role });
  const [first, second] = await oneThenOther(
    change(owner, adminId, 'admin'),
    change(admin, viewerId, 'owner'),
  );
  expect([first.status, second.status, second.data['capability']]).toEqual([200, 403, 'workspace:manage']);
  const made = { workspaceId_userId: { workspaceId, userId: viewerId } };
  expect((await prisma.membership.findUnique({ where: made }))?.role).toBe('viewer');
});

/** The two ways to become a member: with an account, and without one. */
const WAYS = ['accept', 'join'] as const;

async function invited(path: (typeof WAYS)[number]) {
  const hasAccount = path === 'accept';
  const email = hasAccount ? 'owner@globex.example' : `${randomUUID()}@fabrikam.example`;
  if (hasAccount)
    await prisma.membership.deleteMany({ where: { workspaceId, userId: await userIdOf(acme, email) } });
  expect((await invite(acme, admin, email)).status).toBe(200);
  const [token] = await mailedTokens(api, email);
  const guest = hasAccount ? await callerOf(api, email) : anybody;
  const input = hasAccount ? { token } : { token, newPassword: 'a-password-of-some-length' };
  return () => guest.mutate(`invitations.${path}`, input);
}
const peopleNow = async () => [
  await prisma.membership.count({ where: { workspaceId } }),
  await prisma.user.count(),
];

test.each(WAYS)('%s: not in a suspended workspace; the invitation is good after it', async (path) => {
  const enter = await invited(path);
  const before = await peopleNow();
  expect(await asPartner('suspend')).toBe(200);
  const refused = await enter();
  expect([refused.status, refused.reason]).toEqual([403, 'workspace.suspended']);
  expect(await peopleNow()).toEqual(before);
  await asPartner('reactivate');
  expect((await enter()).status).toBe(200);
  expect(await peopleNow()).not.toEqual(before);
});

test.each(WAYS)('%s: not in a workspace that is suspended at this moment', async (path) => {
  const enter = await invited(path);
  const before = await peopleNow();
  const [suspended, refused] = await oneThenOther(() => asPartner('suspend'), enter);
  expect([suspended, refused.status, refused.reason]).toEqual([200, 403, 'workspace.suspended']);
  expect(await peopleNow()).toEqual(before);
});

test.each(WAYS)('%s: not by leave of someone who is demoted at this moment', async (path) => {
  const enter = await invited(path);
  const before = await peopleNow();
  const [demoted, refused] = await oneThenOther(demote(owner, adminId), enter);
  expect([demoted.status, refused.status, refused.reason]).toEqual([200, 400, 'auth.token_invalid']);
  expect(await peopleNow()).toEqual(before);
});

test('what a member left behind ends with their right, at whatever moment they lose it', async () => {
  const link = async () => {
    const { session } = await connect(admin, workspaceId, newConnection({ cloud: 'global' }));
    const { data } = await admin.mutate('consent.createHandOffLink', session);
    return {
      session,
      follow: () => anybody.mutate('consent.followHandOff', { token: tokenOf(data['link']) }),
    };
  };
  const followed = await link();
  const state = stateOf((await followed.follow()).data['url']);
  const open = await link();
  const [demoted, gone] = await oneThenOther(demote(owner, adminId), open.follow);
  expect([demoted.status, gone.status, gone.reason]).toEqual([200, 410, 'link.revoked']);
  expect(Object.keys(gone.data)).not.toContain('holders');

  await setRole(adminId, 'admin');
  const [, returned] = await oneThenOther(remove(owner, adminId), () => returnTo(api, null, { state }));
  expect(returned).toBe('gone');
  const { onboardingSessionId } = followed.session;
  expect(await prisma.operationRun.count({ where: { onboardingSessionId } })).toBe(0);
  await setRole(adminId, 'admin');
  expect(await returnTo(api, null, { state })).toEqual({ to: 'hand_off', isRefused: false });
});

test('who signs out everywhere at this moment does nothing after it', async () => {
  const again = await callerOf(api, 'admin@acme.example');
  const sessions = await prisma.browserSession.findMany({
    where: { userId: adminId },
    orderBy: { id: 'desc' },
  });
  const [newest] = sessions;
  const end = () => admin.mutate('auth.revokeSession', { sessionId: newest?.id });
  const rename = { workspaceId, entraTenantId: randomUUID(), name: 'Northwind' };
  const [ended, refused] = await oneThenOther(end, () => again.mutate('onboarding.identifyTenant', rename));
  expect([ended.status, refused.status, refused.reason]).toEqual([200, 401, 'auth.required']);
  expect(await prisma.managedTenant.count({ where: { workspaceId, name: 'Northwind' } })).toBe(0);
});
