import { DEMO_PASSWORD } from '@gangway/domain/demo/seed-demo';
import { countWrong, eraseExpiredLimits } from '@gangway/domain/limits/limits';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestApi, type TestApi } from './test-api.js';
import { atOnce, callerOf } from './test-caller.js';
import { mailedTokens } from './test-mail.js';

const EMAIL = 'viewer@acme.example';
const TRIES = 50;

let direct: TestApi;
let proxied: TestApi;

beforeAll(async () => {
  direct = await startTestApi();
  proxied = await startTestApi({ trustProxy: true });
});
afterAll(() => Promise.all([direct.close(), proxied.close()]));
beforeEach(async () => {
  for (const { app } of [direct, proxied]) await app.db.prisma.rateLimit.deleteMany();
});

const post = (api: TestApi, path: string, body: unknown, from?: string) =>
  fetch(`${api.base}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(from ? { 'x-forwarded-for': from } : {}) },
    body: JSON.stringify(body),
  });
const signIn = (api: TestApi, email: string, password: string, from?: string) =>
  post(api, 'auth.signIn', { email, password }, from);
/** What stands counted against a limit. */
const pointsOf = async (name: string) => {
  const where = { key: { startsWith: `${name}:` } };
  const { _sum: sum } = await direct.app.db.prisma.rateLimit.aggregate({ where, _sum: { points: true } });
  return sum.points;
};
const statusesOf = async (answers: Promise<Response[]>) => (await answers).map(({ status }) => status);

test('wrong passwords for one account are answered so often, then 429 with the seconds to wait', async () => {
  expect(new Set(await statusesOf(atOnce(TRIES, () => signIn(direct, EMAIL, 'wrong'))))).toEqual(
    new Set([401]),
  );
  const late = await signIn(direct, EMAIL, DEMO_PASSWORD);
  expect(late.status).toBe(429);
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(Number(late.headers.get('retry-after'))).toBeLessThanOrEqual(15 * 60);
  const { error } = z
    .object({ error: z.object({ data: z.record(z.string(), z.unknown()) }) })
    .parse(await late.json());
  expect(error.data).toMatchObject({ reasonCode: 'auth.too_many_attempts', httpStatus: 429 });
  expect(error.data['retryAfter']).toBe(Number(late.headers.get('retry-after')));
  expect((await signIn(direct, 'admin@acme.example', DEMO_PASSWORD)).status).toBe(200);
});

test('an account that does not exist is limited like one that does', async () => {
  const limited = async (email: string) => {
    await atOnce(TRIES, () => signIn(direct, email, 'wrong'));
    return (await signIn(direct, email, 'wrong')).status;
  };
  expect([await limited(EMAIL), await limited('unknown@acme.example')]).toEqual([429, 429]);
});

test('each call of a batch counts', async () => {
  const calls = Array.from({ length: 10 }, () => 'auth.signIn').join(',');
  const batch = Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [index, { email: EMAIL, password: 'wrong' }]),
  );
  for (let sent = 0; sent < TRIES; sent += 10) await post(direct, `${calls}?batch=1`, batch);
  expect((await signIn(direct, EMAIL, DEMO_PASSWORD)).status).toBe(429);
});

test('who signs in rightly is never held up', async () => {
  for (let round = 0; round < 3; round += 1) {
    const answers = await statusesOf(atOnce(TRIES - 10, () => signIn(direct, EMAIL, DEMO_PASSWORD)));
    expect(new Set(answers)).toEqual(new Set([200]));
  }
  // Of more than can be under way together some are refused, and none counts.
  const answers = await statusesOf(atOnce(2 * TRIES, () => signIn(direct, EMAIL, DEMO_PASSWORD)));
  expect(answers.filter((status) => status === 200).length).toBeGreaterThanOrEqual(TRIES);
  expect((await signIn(direct, EMAIL, DEMO_PASSWORD)).status).toBe(200);
  expect(await pointsOf('password.pair')).toBe(0);
});

test('whom only tries under way stand before waits a second, whom wrong ones do until the window ends', async () => {
  const waitsOf = (answers: readonly Response[]) =>
    new Set(answers.flatMap(({ headers }) => headers.get('retry-after') ?? []).map(Number));
  const rush = await atOnce(2 * TRIES, () => signIn(direct, EMAIL, DEMO_PASSWORD));
  expect(waitsOf(rush)).toEqual(new Set([1]));
  const change = { currentPassword: DEMO_PASSWORD, newPassword: DEMO_PASSWORD };
  const person = await callerOf(direct, EMAIL);
  const changes = await atOnce(2 * TRIES, () => person.mutate('auth.changePassword', change));
  expect(changes.map(({ data }) => data['retryAfter'] ?? 1)).toEqual(changes.map(() => 1));

  await atOnce(TRIES, () => signIn(direct, EMAIL, 'wrong'));
  const [wait = 0] = waitsOf([await signIn(direct, EMAIL, DEMO_PASSWORD)]);
  expect(wait).toBeGreaterThan(60);
});

test('however many guess at once, among right ones too, no more are compared than a window has', async () => {
  const guess = (index: number) => signIn(direct, EMAIL, index % 2 === 0 ? 'wrong' : DEMO_PASSWORD);
  const compared: number[] = [];
  for (let round = 0; round < 3; round += 1) compared.push(...(await statusesOf(atOnce(2 * TRIES, guess))));
  compared.push(...(await statusesOf(atOnce(2 * TRIES, () => signIn(direct, EMAIL, 'wrong')))));
  expect(compared.filter((status) => status === 401)).toHaveLength(TRIES);
  expect((await signIn(direct, EMAIL, DEMO_PASSWORD)).status).toBe(429);
  expect(await pointsOf('password.pair')).toBe(TRIES);
});

test('what was not compared, because too many hashes waited, does not count', async () => {
  const stop = new AbortController();
  const busy = keepHasherBusy(direct, stop.signal);
  const somebody = (index: number) => signIn(direct, `somebody-${index}@acme.example`, 'wrong');
  try {
    expect(new Set(await statusesOf(atOnce(5, somebody)))).toEqual(new Set([429]));
  } finally {
    stop.abort();
    await busy;
  }
  expect(await pointsOf('credentials.address')).toBe(0);
});

/** As many hashes as are taken at once and wait, and another one for each that ends. */
async function keepHasherBusy({ app }: TestApi, stop: AbortSignal): Promise<void> {
  const keepOneBusy = async () => {
    while (!stop.aborted) await app.hasher.hash('somebody else');
  };
  await Promise.all(Array.from({ length: 2 + 64 }, keepOneBusy));
}

test('a point that was taken in one window is not given back in the next', async () => {
  const nextWindow = { points: 1, expire: BigInt(Date.now() + 30 * 60_000) };
  await countWrong(
    direct,
    [['password.change', 'somebody']],
    () => false,
    () => direct.app.db.prisma.rateLimit.updateMany({ data: nextWindow }),
  );
  expect(await pointsOf('password.change')).toBe(1);
});

test('a header makes nobody another caller, unless a trusted proxy sets it', async () => {
  const from = (index: number) => `203.0.113.${index}`;
  const tries = (api: TestApi) => atOnce(TRIES + 5, (index) => signIn(api, EMAIL, 'wrong', from(index)));
  expect(await statusesOf(tries(direct))).toContain(429);
  expect(await statusesOf(tries(proxied))).not.toContain(429);
});

test('a /64 of IPv6 is one caller', async () => {
  const tries = (network: string) =>
    statusesOf(atOnce(TRIES + 1, (index) => signIn(proxied, EMAIL, 'wrong', `${network}::${index + 1}`)));
  expect(await tries('2001:db8:1:2')).toContain(429);
  expect((await signIn(proxied, EMAIL, DEMO_PASSWORD, '2001:db8:1:3::1')).status).toBe(200);
});

test('mails with a reset link are limited for known and unknown addresses alike', async () => {
  const statuses = async (email: string) =>
    (await statusesOf(atOnce(12, () => post(direct, 'auth.requestPasswordReset', { email })))).sort();
  const [known, unknown] = [await statuses(EMAIL), await statuses('unknown@acme.example')];
  expect(known.filter((status) => status === 200)).toHaveLength(5);
  expect(unknown).toEqual(known);
  expect(await mailedTokens(direct, EMAIL)).toHaveLength(5);
});

test('one address uses up what it has itself, not what the account has for all', async () => {
  const [near, far] = ['203.0.113.1', '203.0.113.2'];
  await atOnce(5 * TRIES, () => signIn(proxied, EMAIL, 'wrong', near));
  const ask = (from: string) => post(proxied, 'auth.requestPasswordReset', { email: EMAIL }, from);
  await atOnce(40, () => ask(near));
  expect((await signIn(proxied, EMAIL, DEMO_PASSWORD, near)).status).toBe(429);
  expect((await signIn(proxied, EMAIL, DEMO_PASSWORD, far)).status).toBe(200);
  expect([(await ask(near)).status, (await ask(far)).status]).toEqual([429, 200]);
});

test('the current password cannot be guessed with a session that was taken over', async () => {
  const taken = await callerOf(direct, EMAIL);
  const change = { currentPassword: 'wrong', newPassword: 'a password of my own' };
  const told = await atOnce(TRIES + 1, () => taken.mutate('auth.changePassword', change));
  expect(told.map(({ status }) => status).sort()).toEqual([...Array.from({ length: TRIES }, () => 400), 429]);
});

test('neither addresses nor accounts can be read from what is counted, and what has expired goes', async () => {
  await signIn(direct, EMAIL, 'wrong');
  const { prisma } = direct.app.db;
  const rows = await prisma.rateLimit.findMany();
  expect(rows.length).toBeGreaterThan(0);
  for (const { key } of rows) expect(key).not.toMatch(/acme|127\.0/);
  await prisma.rateLimit.updateMany({ data: { expire: 1n } });
  await eraseExpiredLimits(direct);
  expect(await prisma.rateLimit.count()).toBe(0);
});
