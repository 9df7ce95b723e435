import { createDatabase } from '@gangway/db/client';
import { createTestDatabase } from '@gangway/db/test-database';
import { expect, it } from 'vitest';
import { isTransient } from './is-transient.js';

const caught = (failing: Promise<unknown>) => failing.catch((error: unknown) => error);

it('knows a host that is not found, however it is asked and whatever wraps it', async () => {
  const away = createDatabase({ url: 'postgresql://nobody:x@nowhere.invalid/none' });
  const errors = await Promise.all([
    caught(away.pool.query('SELECT 1')),
    caught(away.prisma.partner.count()),
    caught(away.prisma.$queryRaw`SELECT 1`),
  ]);
  await away.close();
  const wrapped = errors.map((cause) => new Error('The effect failed', { cause }));
  expect([...errors, ...wrapped].map((error) => isTransient(error))).toEqual(Array(6).fill(true));
});

it('knows what is asked for once more, and what is nobody else’s fault', async () => {
  const test = await createTestDatabase();
  const raise = (state: string) => `DO $$ BEGIN RAISE EXCEPTION 'so' USING ERRCODE = '${state}'; END $$`;
  const caughtStates = async (state: string) => [
    await caught(test.db.pool.query(raise(state))),
    await caught(test.db.prisma.$executeRawUnsafe(raise(state))),
  ];
  const passing = ['40001', '40P01', '53100', '57P05', '57014'];
  const lasting = ['22012', '23505', '42501', 'P0001'];
  const judged = async (state: string) => (await caughtStates(state)).map((error) => isTransient(error));
  for (const state of passing) expect([state, ...(await judged(state))]).toEqual([state, true, true]);
  for (const state of lasting) expect([state, ...(await judged(state))]).toEqual([state, false, false]);
  expect([new Error('anything'), 'words', null].map((error) => isTransient(error))).toEqual([
    false,
    false,
    false,
  ]);
  await test.drop();
});
