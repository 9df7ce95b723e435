import { hashToken } from '@gangway/domain/secrets/token';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './test-api.js';
import { atOnce } from './test-caller.js';

const EMAIL = 'admin@acme.example';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const me = (cookie: string) => api.call('auth.me', 'query', undefined, cookie);
const statusOf = async (cookie: string) => (await me(cookie)).status;
/** Lets the session's current value be this old. */
const age = (minutes: number) =>
  api.app.db.prisma.browserSession.updateMany({
    data: { rotatedAt: new Date(Date.now() - minutes * 60_000) },
  });
/** The next value of a session whose current one is old. */
async function rotate(cookie: string): Promise<string> {
  await age(20);
  return (await me(cookie)).headers['set-cookie']?.split(';')[0] ?? '';
}
/** All values of a session, the current one last. */
async function rotated(times: number): Promise<string[]> {
  const values = [await api.signIn(EMAIL)];
  while (values.length <= times) values.push(await rotate(values.at(-1) ?? ''));
  expect(new Set(values).size).toBe(times + 1);
  return values;
}
const stolenEvents = () =>
  api.app.db.prisma.auditEvent.findMany({
    where: { action: 'auth.stolenSession' },
    orderBy: { id: 'asc' },
  });

test('the cookie is renewed once for two tabs, and both go on', async () => {
  const cookie = await api.signIn(EMAIL);
  expect((await me(cookie)).headers['set-cookie']).toBeUndefined();
  await age(20);
  const answers = await atOnce(8, () => me(cookie));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const renewed = answers.flatMap(({ headers }) => headers['set-cookie'] ?? []);
  expect(renewed).toHaveLength(1);
  const next = renewed[0]?.split(';')[0] ?? '';
  expect(next).not.toBe(cookie);
  expect([await statusOf(next), await statusOf(cookie), await statusOf(next)]).toEqual([200, 200, 200]);
});

test('any earlier value ends the session, however often it was rotated since', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 6 }).chain((times) => fc.tuple(fc.constant(times), fc.nat(times - 1))),
      async ([times, index]) => {
        const values = await rotated(times);
        const current = values.at(-1) ?? '';
        await age(2);
        expect(await statusOf(current)).toBe(200);
        expect(await statusOf(values[index] ?? '')).toBe(401);
        expect(await statusOf(current)).toBe(401);
      },
    ),
    { numRuns: 15, examples: [[[2, 0]], [[6, 0]], [[1, 0]]] },
  );
});

test('the value right before is good for a minute, one from before that is not', async () => {
  const [first = '', second = '', third = ''] = await rotated(2);
  expect([await statusOf(second), await statusOf(third)]).toEqual([200, 200]);
  expect([await statusOf(first), await statusOf(third)]).toEqual([401, 401]);
});

test.each([
  ['auth.me', {}],
  ['workspaces.get', { workspaceId: 'acme' }],
])('an old value that comes back to %s ends the session, on record', async (path, input) => {
  const [stolen = '', , current = ''] = await rotated(2);
  const sessions = await api.app.db.prisma.browserSession.findMany({ orderBy: { id: 'desc' } });
  const before = await stolenEvents();
  expect((await api.call(path, 'query', input, stolen)).status).toBe(401);
  expect([await statusOf(current), await statusOf(stolen)]).toEqual([401, 401]);
  const acme = await api.app.db.prisma.workspace.findUniqueOrThrow({ where: { slug: 'acme' } });
  const user = await api.app.db.prisma.user.findUniqueOrThrow({ where: { email: EMAIL } });
  expect((await stolenEvents()).slice(before.length)).toMatchObject([
    {
      workspaceId: acme.id,
      targetId: user.userId,
      outcome: 'denied',
      data: { email: EMAIL, browserSessionId: sessions[0]?.id },
    },
  ]);
});

test('a value that nobody was given ends no session', async () => {
  const [, current = ''] = await rotated(1);
  const other = await api.signIn(EMAIL);
  for (const made of [`gangway_session=${'x'.repeat(43)}`, 'gangway_session=', `${current}x`])
    expect(await statusOf(made)).toBe(401);
  expect([await statusOf(current), await statusOf(other)]).toEqual([200, 200]);
});

test('a session from before families were stored goes on, and its values are recognised from then on', async () => {
  const old = await api.signIn(EMAIL);
  const tokenHash = hashToken(old.split('=')[1] ?? '');
  await api.app.db.prisma.browserSession.update({ where: { tokenHash }, data: { familyHash: null } });
  expect(await statusOf(old)).toBe(200);
  const next = await rotate(old);
  expect([await statusOf(old), await statusOf(next)]).toEqual([200, 200]);
  const last = await rotate(next);
  expect([await statusOf(last), await statusOf(old), await statusOf(last)]).toEqual([200, 401, 401]);
});
