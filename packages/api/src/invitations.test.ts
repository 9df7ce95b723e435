import { expect, test } from 'vitest';
import { openAcme } from './test-acme.js';
import { atOnce, callerOf, callerWith } from './test-caller.js';
import { mailedTokens } from './test-mail.js';
import { invite, listPeople, userIdOf } from './test-people.js';

const GUEST = 'nobody@example.com';
const OUTSIDER = 'owner@globex.example';

const acme = await openAcme();
const { api, owner, admin, workspaceId } = acme;
const stranger = await callerOf(api, GUEST);
const foreigner = await callerOf(api, OUTSIDER);

test('an invitation is worth something to its address only, and once', async () => {
  expect((await invite(acme, admin, '  Nobody@Example.COM ', 'operator')).status).toBe(200);
  expect((await listPeople(acme)).find(({ email }) => email === GUEST)).toMatchObject({
    userId: null,
    role: 'operator',
    status: 'invited',
    invitedBy: 'admin@acme.example',
  });
  const [token] = await mailedTokens(api, GUEST);
  const byOther = await foreigner.mutate('invitations.accept', { token });
  expect([byOther.status, byOther.reason]).toEqual([400, 'auth.token_invalid']);
  expect((await stranger.query('workspaces.get', { workspaceId })).status).toBe(404);

  const accepted = await atOnce(6, () => stranger.mutate('invitations.accept', { token }));
  expect(accepted.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400, 400]);
  expect(new Set(accepted.map(({ reason }) => reason))).toEqual(new Set([null, 'auth.token_invalid']));
  expect((await stranger.query('workspaces.get', { workspaceId })).data['role']).toBe('operator');
  expect((await foreigner.query('workspaces.get', { workspaceId })).status).toBe(404);
  const again = await invite(acme, admin, GUEST);
  expect([again.status, again.reason]).toEqual([409, 'member.duplicate']);

  const removed = await admin.mutate('members.remove', { workspaceId, userId: await userIdOf(acme, GUEST) });
  expect(removed.status).toBe(200);
  expect((await stranger.query('workspaces.get', { workspaceId })).status).toBe(404);
  expect((await stranger.mutate('invitations.accept', { token })).reason).toBe('auth.token_invalid');
});

test('a second invitation replaces the first; an expired one says so', async () => {
  await invite(acme, owner, GUEST, 'admin');
  await invite(acme, admin, GUEST, 'viewer');
  const [newer, older] = await mailedTokens(api, GUEST);
  expect((await listPeople(acme)).filter(({ email }) => email === GUEST)).toHaveLength(1);
  expect((await stranger.mutate('invitations.accept', { token: older })).reason).toBe('auth.token_invalid');
  await api.app.db.prisma.invitation.updateMany({
    where: { workspaceId, email: GUEST, acceptedAt: null },
    data: { expiresAt: new Date(Date.now() - 1000) },
  });
  const late = await stranger.mutate('invitations.accept', { token: newer });
  expect([late.status, late.reason]).toEqual([410, 'auth.token_expired']);
  expect(late.data['expiredAt']).toMatch(/^\d{4}-/);
  expect((await listPeople(acme)).find(({ email }) => email === GUEST)?.status).toBe('expired');

  expect((await invite(acme, admin, GUEST, 'viewer')).status).toBe(200);
  const [renewed] = await mailedTokens(api, GUEST);
  expect((await stranger.mutate('invitations.accept', { token: renewed })).data['role']).toBe('viewer');
});

test('ten that invite one person at once leave one open invitation, and one link that works', async () => {
  const email = 'owner@globex.example';
  const told = await atOnce(10, (index) => invite(acme, index % 2 ? owner : admin, email));
  expect(new Set(told.map(({ status }) => status))).toEqual(new Set([200]));
  expect((await listPeople(acme)).filter((person) => person.email === email)).toHaveLength(1);
  const tokens = await mailedTokens(api, email);
  expect(tokens).toHaveLength(10);
  const accepted = await Promise.all(
    tokens.map((token) => foreigner.mutate('invitations.accept', { token })),
  );
  expect(accepted.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('an invited person without an account makes one by the mailed link, once, and then accepts', async () => {
  const email = 'newcomer@example.com';
  const password = 'a password of my own';
  await invite(acme, admin, email, 'operator');
  const [token] = await mailedTokens(api, email);
  const set = (newPassword: string) => api.call('auth.setPassword', 'mutation', { token, newPassword }, null);
  const told = await atOnce(5, (index) => set(`${password} ${index}`));
  expect(told.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
  const chosen = `${password} ${told.findIndex(({ status }) => status === 200)}`;
  const signedIn = await api.call('auth.signIn', 'mutation', { email, password: chosen }, null);
  const newcomer = callerWith(api, signedIn.headers['set-cookie']?.split(';')[0] ?? '');
  expect((await newcomer.query('workspaces.get', { workspaceId })).status).toBe(404);
  expect((await newcomer.mutate('invitations.accept', { token })).data['role']).toBe('operator');
  expect((await newcomer.query('workspaces.get', { workspaceId })).status).toBe(200);
  expect((await set(password)).status).toBe(400);
});

test('the link of an invitation sets no password of an account that exists', async () => {
  const email = 'owner@globex.example';
  const { passwordHash } = await api.app.db.prisma.user.findUniqueOrThrow({ where: { email } });
  await api.app.db.prisma.membership.deleteMany({ where: { workspaceId, user: { email } } });
  await invite(acme, admin, email);
  const [token] = await mailedTokens(api, email);
  const told = await api.call(
    'auth.setPassword',
    'mutation',
    { token, newPassword: 'taken over, am I' },
    null,
  );
  expect([told.status, told.body.includes('auth.token_invalid')]).toEqual([400, true]);
  const after = await api.app.db.prisma.user.findUniqueOrThrow({ where: { email } });
  expect(after.passwordHash).toBe(passwordHash);
});

const invitationIdOf = async (email: string) =>
  (await listPeople(acme)).find((person) => person.email === email)?.invitationId ?? '';
const look = (token: string | undefined) => api.call('invitations.look', 'mutation', { token }, null);
const cookieOf = (answer: { headers: Record<string, string> }) =>
  answer.headers['set-cookie']?.split(';')[0] ?? '';

test('an invitation that is sent again has a new link, and the old one works no more', async () => {
  const email = 'again@example.com';
  await invite(acme, owner, email, 'operator');
  const invitationId = await invitationIdOf(email);
  await api.app.db.prisma.invitation.update({
    where: { id: invitationId },
    data: { expiresAt: new Date(Date.now() - 1000) },
  });
  const told = await admin.mutate('invitations.resend', { workspaceId, invitationId });
  expect([told.status, told.data['invitationId']]).toEqual([200, invitationId]);
  const [newer, older] = await mailedTokens(api, email);
  expect((await look(older)).status).toBe(400);
  const seen = await look(newer);
  expect([seen.status, seen.body]).toEqual([
    200,
    expect.stringContaining('"invitedBy":"admin@acme.example"'),
  ]);
  expect((await listPeople(acme)).find((person) => person.email === email)).toMatchObject({
    status: 'invited',
    invitedBy: 'admin@acme.example',
  });
});

test('a withdrawn invitation lets nobody in and is on no list', async () => {
  const email = 'withdrawn@example.com';
  await invite(acme, admin, email, 'operator');
  const [token] = await mailedTokens(api, email);
  const invitationId = await invitationIdOf(email);
  const told = await atOnce(5, () => admin.mutate('invitations.revoke', { workspaceId, invitationId }));
  expect(told.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404]);
  expect(await invitationIdOf(email)).toBe('');
  expect((await admin.mutate('invitations.resend', { workspaceId, invitationId })).status).toBe(404);
  const newPassword = 'a password of my own';
  const answers = [
    await look(token),
    await api.call('invitations.join', 'mutation', { token, newPassword }, null),
    await api.call('auth.setPassword', 'mutation', { token, newPassword }, null),
  ];
  expect(answers.map(({ status, body }) => [status, body.includes('auth.token_invalid')])).toEqual(
    answers.map(() => [400, true]),
  );
});

test('an admin neither sends again, withdraws nor replaces the invitation of an owner', async () => {
  const email = 'second-owner@example.com';
  await invite(acme, owner, email, 'owner');
  const invitationId = await invitationIdOf(email);
  for (const path of ['invitations.resend', 'invitations.revoke'])
    expect((await admin.mutate(path, { workspaceId, invitationId })).reason).toBe('capability.missing');
  const instead = await admin.mutate('members.invite', { workspaceId, email, role: 'viewer' });
  expect(instead.reason).toBe('capability.missing');
  expect((await owner.mutate('invitations.revoke', { workspaceId, invitationId })).status).toBe(200);
});

test('an invitation is worth what its maker may give now', async () => {
  const email = 'by-the-back-door@example.com';
  await invite(acme, admin, email, 'admin');
  const [token] = await mailedTokens(api, email);
  const { prisma } = api.app.db;
  const member = { workspaceId, user: { email: 'admin@acme.example' } };
  const join = () =>
    api.call('invitations.join', 'mutation', { token, newPassword: 'a password of my own' }, null);
  await prisma.membership.updateMany({ where: member, data: { role: 'operator' } });
  expect([(await look(token)).status, (await join()).status]).toEqual([400, 400]);
  await prisma.membership.updateMany({ where: member, data: { role: 'admin' } });
  expect([(await look(token)).status, (await join()).status]).toEqual([200, 200]);
});

test('who has no account joins with one call: account, membership and session', async () => {
  const email = 'joins@example.com';
  await invite(acme, admin, email, 'operator');
  const [token] = await mailedTokens(api, email);
  expect((await look(token)).body).toContain('"hasAccount":false');
  const input = { token, firstName: 'Jo', lastName: 'Newcomer', newPassword: 'a password of my own' };
  const answers = await atOnce(5, () => api.call('invitations.join', 'mutation', input, null));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const cookies = answers.map(cookieOf).filter((cookie) => cookie !== '');
  expect(cookies).toHaveLength(1);
  const newcomer = callerWith(api, cookies[0] ?? '');
  const workspace = await newcomer.query('workspaces.get', { workspaceId: 'acme' });
  expect([workspace.status, workspace.data['role']]).toEqual([200, 'operator']);
  expect((await newcomer.query('auth.me')).data['user']).toMatchObject({
    firstName: 'Jo',
    lastName: 'Newcomer',
  });
  expect((await look(token)).status).toBe(400);
  const rows = await api.app.db.prisma.auditEvent.findMany({
    where: { workspaceId, actorLabel: email, action: 'invitations.accept' },
  });
  expect(rows).toHaveLength(1);
});

test('who has an account is told to sign in, and nothing of theirs changes', async () => {
  const email = 'owner@globex.example';
  const { passwordHash } = await api.app.db.prisma.user.findUniqueOrThrow({ where: { email } });
  await api.app.db.prisma.membership.deleteMany({ where: { workspaceId, user: { email } } });
  // The tests above have used up the mails that one address gets in an hour.
  await api.app.db.prisma.rateLimit.deleteMany();
  expect((await invite(acme, admin, email)).status).toBe(200);
  const [token] = await mailedTokens(api, email);
  expect((await look(token)).body).toContain('"hasAccount":true');
  const told = await api.call(
    'invitations.join',
    'mutation',
    { token, newPassword: 'taken over, am I' },
    null,
  );
  expect([told.status, told.body.includes('member.has_account'), cookieOf(told)]).toEqual([409, true, '']);
  const after = await api.app.db.prisma.user.findUniqueOrThrow({ where: { email } });
  expect(after.passwordHash).toBe(passwordHash);
  expect((await foreigner.mutate('invitations.accept', { token })).status).toBe(200);
});

test.each([
  'a\r\nBcc: all@example.com',
  'nobody@example.com\r\nSubject: x',
  '"quoted local"@example.com',
  '<nobody@example.com>',
  'nobody@example.com, other@example.com',
  'nobody@\u212aelvin.example',
  'nob\u043edy@example.com',
  'nobody@example',
])('%j is no address to invite', async (email) => {
  const told = await invite(acme, owner, email);
  expect([told.status, told.data['fieldErrors']]).toEqual([
    400,
    [{ field: 'email', message: 'Must be an e-mail address' }],
  ]);
});
