import { randomBytes, randomUUID } from 'node:crypto';
import type { Prisma } from '@gangway/db/generated/client';
import { signIn as signInAs } from '@gangway/domain/auth/sign-in';
import { storePassword } from '@gangway/domain/auth/store-password';
import { DEMO_PASSWORD } from '@gangway/domain/demo/seed-demo';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { startTestApi, type Answer, type TestApi } from './test-api.js';
import { atOnce, callerOf, callerWith } from './test-caller.js';
import { mailedTokens } from './test-mail.js';

const EMAIL = 'admin@acme.example';
const CHOSEN = 'a password of my own';

let api: TestApi;
let workspaceId: string;
let foreignId: string;
let passwordHash: string;

beforeAll(async () => {
  api = await startTestApi();
  const slugs = await api.app.db.prisma.workspace.findMany();
  workspaceId = slugs.find(({ slug }) => slug === 'acme')?.id ?? '';
  foreignId = slugs.find(({ slug }) => slug === 'globex')?.id ?? '';
  passwordHash = await api.app.hasher.hash(DEMO_PASSWORD);
});
afterAll(() => api.close());
beforeEach(() => setUser({ passwordHash, mustChangePassword: false, passwordExpiresAt: null }));

const setUser = (data: {
  passwordHash?: string;
  mustChangePassword?: boolean;
  passwordExpiresAt?: Date | null;
}) => api.app.db.prisma.user.update({ where: { email: EMAIL }, data });
const signIn = (email: string, password: string) =>
  api.call('auth.signIn', 'mutation', { email, password }, null);
const cookieOf = (answer: Answer) => answer.headers['set-cookie']?.split(';')[0] ?? '';
const me = (cookie: string) => api.call('auth.me', 'query', undefined, cookie);
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
const setPassword = (token: string | undefined, newPassword: string) =>
  api.call('auth.setPassword', 'mutation', { token, newPassword }, null);
/** Once another transaction of this database waits for a row. */
const untilSomebodyWaits = () =>
  vi.waitFor(async () => {
    const waiting = await api.app.db.prisma.$queryRaw`
      SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    expect(waiting).toHaveLength(1);
  });
const reset = (email: string) => api.call('auth.requestPasswordReset', 'mutation', { email }, null);

test('an unknown address, a wrong password and one too long for bcrypt get one and the same answer', async () => {
  const answers = [
    await signIn('unknown@acme.example', DEMO_PASSWORD),
    await signIn(EMAIL, 'wrong'),
    await signIn(EMAIL, `${DEMO_PASSWORD}${'x'.repeat(100)}`),
    await signIn(EMAIL, DEMO_PASSWORD.toUpperCase()),
  ];
  expect(answers[0]?.status).toBe(401);
  expect(answers[0]?.body).toContain('auth.invalid_credentials');
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(cookieOf(answers[0] as Answer)).toBe('');
});

test('who signed in stands on record, and who could not, without what they typed', async () => {
  await signIn(EMAIL, 'a guess');
  await signIn('unknown@acme.example', 'a guess');
  await signIn(EMAIL, DEMO_PASSWORD);
  const newest = await api.app.db.prisma.auditEvent.findMany({
    where: { action: 'auth.signIn' },
    orderBy: { id: 'desc' },
    take: 3,
  });
  const { userId } = await api.app.db.prisma.user.findUniqueOrThrow({ where: { email: EMAIL } });
  const refused = { outcome: 'denied', reasonCode: 'auth.invalid_credentials', actorLabel: 'somebody' };
  expect(newest).toMatchObject([
    { outcome: 'allowed', actorId: userId },
    { ...refused, targetKind: 'user', targetId: null },
    { ...refused, targetKind: 'user', targetId: userId },
  ]);
  expect(JSON.stringify(newest)).not.toMatch(/a guess|unknown@/);
});

test('the cookie is kept from scripts and other sites, and its value is nowhere in the database', async () => {
  const answer = await signIn(` ${EMAIL.toUpperCase()} `, DEMO_PASSWORD);
  expect(answer.headers['set-cookie']).toMatch(/^gangway_session=[\w-]{43}; .*HttpOnly; SameSite=Lax$/);
  const value = cookieOf(answer).split('=')[1] ?? '';
  const [row] = await api.app.db.prisma.$queryRaw<{ all: string }[]>`
    SELECT string_agg(s::text, ' ') AS all FROM browser_sessions s`;
  expect(row?.all).not.toContain(value);
  expect(row?.all).not.toContain(Buffer.from(value).toString('hex'));
});

test('sessions are listed and revoked by their owner alone', async () => {
  const [here, there, other] = [
    await callerOf(api, EMAIL),
    await callerOf(api, EMAIL),
    await callerOf(api, 'viewer@acme.example'),
  ];
  const items = z
    .object({ items: z.array(z.object({ id: z.string(), current: z.boolean() })) })
    .parse((await here.query('auth.sessions')).data).items;
  expect(items.filter(({ current }) => current)).toHaveLength(1);
  const sessionId = items.find(({ current }) => !current)?.id;
  const byOther = await other.mutate('auth.revokeSession', { sessionId });
  const random = await other.mutate('auth.revokeSession', { sessionId: randomUUID() });
  expect(byOther).toEqual(random);
  expect(byOther.status).toBe(404);
  expect((await there.query('auth.me')).status).toBe(200);

  expect((await here.mutate('auth.revokeSession', { sessionId })).status).toBe(200);
  expect((await there.query('auth.me')).status).toBe(401);
  expect((await there.query('workspaces.get', { workspaceId })).status).toBe(401);
  expect((await here.mutate('auth.signOut')).status).toBe(200);
  expect((await here.query('auth.me')).status).toBe(401);
});

test('all sessions can be listed, page by page, newest first', async () => {
  const person = await callerOf(api, 'operator@acme.example');
  const userId = (
    await api.app.db.prisma.user.findUniqueOrThrow({ where: { email: 'operator@acme.example' } })
  ).userId;
  await api.app.db.prisma.browserSession.createMany({
    data: Array.from({ length: 130 }, () => ({
      id: randomUUID(),
      userId,
      tokenHash: randomBytes(32),
      expiresAt: new Date(Date.now() + 86_400_000),
    })),
  });
  const page = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().nullable() });
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const { items, nextCursor } = page.parse(
      (await person.query('auth.sessions', { cursor, limit: 60 })).data,
    );
    ids.push(...items.map(({ id }) => id));
    cursor = nextCursor;
  } while (cursor !== null);
  const where = { userId, revokedAt: null };
  expect(new Set(ids).size).toBe(await api.app.db.prisma.browserSession.count({ where }));
  expect(ids).toEqual(ids.toSorted().toReversed());
  const first = page.parse((await person.query('auth.sessions')).data);
  expect([first.items.length, first.nextCursor]).toEqual([50, first.items.at(-1)?.id]);
  expect((await person.query('auth.sessions', { cursor: 'none' })).status).toBe(400);
});

test('a reset tells nobody whether the account exists, and its link works once', async () => {
  const cookie = await api.signIn(EMAIL);
  const [known, unknown] = [await reset(EMAIL), await reset('unknown@acme.example')];
  expect(known).toEqual(unknown);
  expect(await mailedTokens(api, 'unknown@acme.example')).toEqual([]);
  await reset(EMAIL);
  const [token, other] = await mailedTokens(api, EMAIL);
  const used = await atOnce(6, (index) => setPassword(token, `${CHOSEN} ${index}`));
  expect(used.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400, 400]);
  const winner = used.findIndex(({ status }) => status === 200);
  expect((await signIn(EMAIL, DEMO_PASSWORD)).status).toBe(401);
  expect((await signIn(EMAIL, `${CHOSEN} ${winner}`)).status).toBe(200);
  expect((await me(cookie)).status).toBe(401);
  for (const spent of [token, other, 'x'.repeat(43)]) {
    const answer = await setPassword(spent, CHOSEN);
    expect([answer.status, answer.body.includes('auth.token_invalid')]).toEqual([400, true]);
  }
});

test('a link can be looked at before it is used, and tells when it is over', async () => {
  const look = (token: string | undefined) => api.call('auth.lookAtLink', 'mutation', { token }, null);
  await reset(EMAIL);
  const [token] = await mailedTokens(api, EMAIL);
  for (const answer of await atOnce(3, () => look(token)))
    expect([answer.status, answer.body.includes(`"email":"${EMAIL}"`)]).toEqual([200, true]);
  expect((await setPassword(token, CHOSEN)).status).toBe(200);
  for (const over of [token, 'x'.repeat(43)]) {
    const answer = await look(over);
    expect([answer.status, answer.body.includes('auth.token_invalid')]).toEqual([400, true]);
  }
  await reset(EMAIL);
  const [late] = await mailedTokens(api, EMAIL);
  await api.app.db.prisma.userLink.updateMany({ data: { expiresAt: ago(1) } });
  const answer = await look(late);
  expect([answer.status, answer.body.includes('auth.token_expired')]).toEqual([410, true]);
});

test('a reset link ends after an hour', async () => {
  await reset(EMAIL);
  const [token] = await mailedTokens(api, EMAIL);
  await api.app.db.prisma.userLink.updateMany({ data: { expiresAt: ago(1) } });
  const answer = await setPassword(token, CHOSEN);
  expect([answer.status, answer.body.includes('auth.token_expired')]).toEqual([410, true]);
  expect((await signIn(EMAIL, DEMO_PASSWORD)).status).toBe(200);
});

test.each([
  ['73 bytes in 37 characters', `${'\u00e9'.repeat(36)}x`],
  ['100 characters', 'x'.repeat(100)],
  ['11 characters', 'x'.repeat(11)],
  ['NUL', `a long password\u0000`],
])('a new password of %s is refused, with a link and with a session', async (_, newPassword) => {
  const here = await callerOf(api, EMAIL);
  await reset(EMAIL);
  const [token] = await mailedTokens(api, EMAIL);
  expect((await setPassword(token, newPassword)).status).toBe(400);
  const change = { currentPassword: DEMO_PASSWORD, newPassword };
  const told = await here.mutate('auth.changePassword', change);
  expect([told.status, JSON.stringify(told.data['fieldErrors'])]).toEqual([
    400,
    expect.stringContaining('newPassword'),
  ]);
  expect((await signIn(EMAIL, DEMO_PASSWORD)).status).toBe(200);
});

test('a password of 72 bytes is taken whole', async () => {
  const here = await callerOf(api, EMAIL);
  const newPassword = '\u00e9'.repeat(36);
  await here.mutate('auth.changePassword', { currentPassword: DEMO_PASSWORD, newPassword });
  expect((await signIn(EMAIL, newPassword)).status).toBe(200);
  expect((await signIn(EMAIL, `${'\u00e9'.repeat(35)}e`)).status).toBe(401);
});

test('a change of password asks for the old one, and ends the other sessions', async () => {
  const [here, there] = [await callerOf(api, EMAIL), await callerOf(api, EMAIL)];
  const wrong = await here.mutate('auth.changePassword', { currentPassword: 'wrong', newPassword: CHOSEN });
  expect([wrong.status, JSON.stringify(wrong.data['fieldErrors'])]).toEqual([
    400,
    expect.stringContaining('currentPassword'),
  ]);
  const change = { currentPassword: DEMO_PASSWORD, newPassword: CHOSEN };
  expect((await here.mutate('auth.changePassword', change)).status).toBe(200);
  expect((await here.query('auth.me')).status).toBe(200);
  expect((await there.query('auth.me')).status).toBe(401);
});

test('of changes of one password at once one is made, and the others are told it is not current', async () => {
  const here = await callerOf(api, EMAIL);
  const changes = await atOnce(6, (index) =>
    here.mutate('auth.changePassword', {
      currentPassword: DEMO_PASSWORD,
      newPassword: `${CHOSEN} ${index}`,
    }),
  );
  const made = changes.findIndex(({ status }) => status === 200);
  for (const { status, data } of changes.filter((_, index) => index !== made))
    expect([status, data['fieldErrors']]).toEqual([
      400,
      [{ field: 'currentPassword', message: 'Is not your current password' }],
    ]);
  expect((await signIn(EMAIL, `${CHOSEN} ${made}`)).status).toBe(200);
});

type Change = (tx: Prisma.TransactionClient, where: { userId: string }) => Promise<unknown>;
const inFlight: [string, boolean, Change][] = [
  ['its password changes', false, (tx, { userId }) => storePassword(tx, userId, 'another hash', null)],
  ['its temporary password changes', true, (tx, { userId }) => storePassword(tx, userId, 'another', null)],
  ['it is disabled', false, (tx, where) => tx.user.update({ where, data: { disabledAt: new Date() } })],
  ['it goes', false, (tx, where) => tx.user.delete({ where })],
];
test.each(inFlight)('no session is opened for an account while %s', async (_, isTemporary, change) => {
  const { db } = api.app;
  const home = await db.prisma.user.findUniqueOrThrow({ where: { email: EMAIL } });
  const [userId, email] = [randomUUID(), `${randomUUID()}@acme.example`];
  const expiry = isTemporary ? { mustChangePassword: true, passwordExpiresAt: ago(-60) } : {};
  await db.prisma.user.create({ data: { ...home, userId, email, passwordHash, ...expiry } });
  const started = await db.inTransaction(async (tx) => {
    await change(tx, { userId });
    const answer = signIn(email, DEMO_PASSWORD);
    await Promise.race([answer, untilSomebodyWaits()]);
    return { answer };
  });
  expect(await started.answer).toEqual(await signIn('unknown@acme.example', 'x'));
  expect(await db.prisma.browserSession.count({ where: { userId, revokedAt: null } })).toBe(0);
});

test('of sign-ins that race a change of password none with the old one is left open', async () => {
  const [here, current] = [await callerOf(api, EMAIL), DEMO_PASSWORD];
  const change = here.mutate('auth.changePassword', { currentPassword: current, newPassword: CHOSEN });
  const cookies = (await atOnce(20, () => signIn(EMAIL, current))).map(cookieOf);
  expect((await change).status).toBe(200);
  const opened = cookies.filter((cookie) => cookie !== '');
  const statuses = await Promise.all(opened.map(async (cookie) => (await me(cookie)).status));
  expect(statuses).toEqual(opened.map(() => 401));
});

test('a temporary password opens one session, which can only change it', async () => {
  await setUser({ mustChangePassword: true, passwordExpiresAt: new Date(Date.now() + 60_000) });
  const answers = await atOnce(6, () => signIn(EMAIL, DEMO_PASSWORD));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401, 401]);
  expect((await signIn(EMAIL, DEMO_PASSWORD)).status).toBe(401);
  const fresh = callerWith(api, answers.map(cookieOf).find((cookie) => cookie !== '') ?? '');
  expect((await fresh.query('auth.me')).data['mustChangePassword']).toBe(true);
  const locked = [
    await fresh.query('workspaces.get', { workspaceId }),
    await fresh.query('workspaces.get', { workspaceId: 'acme' }),
    await fresh.mutate('members.invite', { workspaceId, nonsense: 1 }),
    await fresh.query('workspaces.list'),
    await fresh.query('auth.sessions'),
    await fresh.mutate('invitations.accept', { token: 'x' }),
  ];
  expect(locked.map(({ status, reason }) => [status, reason])).toEqual(
    locked.map(() => [403, 'auth.password_change_required']),
  );
  const foreign = await fresh.query('workspaces.get', { workspaceId: foreignId });
  expect(foreign.status).toBe(404);
  expect(foreign).toEqual(await fresh.query('workspaces.get', { workspaceId: randomUUID() }));

  const change = { currentPassword: DEMO_PASSWORD, newPassword: CHOSEN };
  expect((await fresh.mutate('auth.changePassword', change)).status).toBe(200);
  expect((await fresh.query('workspaces.get', { workspaceId })).status).toBe(200);
  expect((await signIn(EMAIL, CHOSEN)).status).toBe(200);
});

test('a temporary password is not used up where no session could be opened', async () => {
  await setUser({ mustChangePassword: true, passwordExpiresAt: new Date(Date.now() + 60_000) });
  const scope = { app: api.app, requestId: 'request', clientAddress: '127.0.0.1' };
  const input = { email: EMAIL, password: DEMO_PASSWORD };
  // PostgreSQL takes no such text.
  await expect(signInAs(scope, input, 'browser\0')).rejects.toThrow();
  expect((await signIn(EMAIL, DEMO_PASSWORD)).status).toBe(200);
});

test('a temporary password that has expired is a wrong one', async () => {
  await setUser({ mustChangePassword: true, passwordExpiresAt: ago(1) });
  expect(await signIn(EMAIL, DEMO_PASSWORD)).toEqual(await signIn('unknown@acme.example', 'x'));
});

test('whoever is disabled is out at once, and is told nothing', async () => {
  const here = await callerOf(api, EMAIL);
  const where = { email: EMAIL };
  await api.app.db.prisma.user.update({ where, data: { disabledAt: new Date() } });
  try {
    expect((await here.query('workspaces.get', { workspaceId })).status).toBe(401);
    expect(await signIn(EMAIL, DEMO_PASSWORD)).toEqual(await signIn('unknown@acme.example', 'x'));
  } finally {
    await api.app.db.prisma.user.update({ where, data: { disabledAt: null } });
  }
});
