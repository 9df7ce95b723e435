import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, type Database } from '@gangway/db/client';
import { createTestDatabase, type TestDatabase } from '@gangway/db/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toAppError } from './to-app-error.js';

// What PostgreSQL and its clients say when there is no answer to be had: every one of them is 503, not 500.

let database: TestDatabase;
let narrow: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  narrow = createDatabase({ url: database.url, poolMax: 1, statementTimeoutMs: 300 });
});
afterAll(async () => {
  await narrow.close();
  await database.drop();
});

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );
const unavailable = expect.objectContaining({
  refusal: 'unavailable',
  reasonCode: 'database.unavailable',
  detail: { retryAfter: 2 },
});

test('a statement that the server ended', async () => {
  expect(toAppError(await failure(narrow.prisma.$queryRaw`SELECT pg_sleep(5)`))).toEqual(unavailable);
});

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((resolved) => (resolve = resolved));
  return { promise, resolve };
}

test('no connection to be had in time, for a statement and for a transaction', async () => {
  const held = await narrow.pool.connect();
  const [begun, over] = [deferred(), deferred()];
  const longest = narrow.inTransaction(
    async (tx) => {
      await tx.user.count();
      begun.resolve();
      await over.promise;
    },
    { timeoutMs: 30_000 },
  );
  await begun.promise;
  try {
    const [statement, transaction, pool] = await Promise.all([
      failure(narrow.prisma.user.count()),
      failure(narrow.inTransaction((tx) => tx.user.count())),
      failure(narrow.pool.query('SELECT 1')),
    ]);
    for (const error of [statement, transaction, pool]) {
      expect(error).toBeInstanceOf(Error);
      expect(toAppError(error), String(error)).toEqual(unavailable);
    }
  } finally {
    held.release();
    over.resolve();
    await longest;
  }
});

test('a transaction that took longer than it may', async () => {
  const error = await failure(
    narrow.inTransaction(
      async (tx) => {
        await tx.user.count();
        await sleep(300);
        await tx.user.count();
      },
      { timeoutMs: 100 },
    ),
  );
  expect(toAppError(error), String(error)).toEqual(unavailable);
});

test('a connection that was ended under a transaction', async () => {
  const error = await failure(
    narrow.inTransaction(async (tx) => {
      const [row] = await tx.$queryRaw<[{ pid: number }]>`SELECT pg_backend_pid() AS pid`;
      await database.db.prisma.$queryRaw`SELECT pg_terminate_backend(${row.pid}::int)`;
      await sleep(50);
      await tx.user.count();
    }),
  );
  expect(toAppError(error), String(error)).toEqual(unavailable);
});

test('a server that is not there', async () => {
  const away = createDatabase({ url: 'postgresql://nobody@127.0.0.1:1/nowhere' });
  try {
    expect(toAppError(await failure(away.prisma.user.count()))).toEqual(unavailable);
    expect(toAppError(await failure(away.pool.query('SELECT 1')))).toEqual(unavailable);
  } finally {
    await away.close();
  }
});

test('a mistake of ours is no outage', async () => {
  expect(toAppError(await failure(narrow.prisma.$queryRaw`SELECT nonsense`))).toBeNull();
  expect(toAppError(new TypeError('of ours'))).toBeNull();
});
