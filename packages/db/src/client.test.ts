import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { uuidv7 } from 'uuidv7';
import { createDatabase } from './client.js';
import { isUnavailable } from './is-unavailable.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase({ poolMax: 10 });
});
afterAll(() => test.drop());

async function asOwner(sql: string): Promise<object[]> {
  const client = new pg.Client({ connectionString: test.ownerUrl });
  await client.connect();
  const { rows } = await client.query<object>(sql);
  await client.end();
  return rows;
}

describe('pool', () => {
  it('keeps plans by the keys, also those made while there were hardly any rows', async () => {
    await asOwner('CREATE TABLE planned (id int PRIMARY KEY, other int)');
    await asOwner('INSERT INTO planned VALUES (1, 1)');
    await asOwner('ANALYZE planned');
    const client = await test.db.pool.connect();
    try {
      const find = { name: 'find_planned', text: 'SELECT other FROM planned WHERE id = $1', values: [1] };
      for (let times = 0; times < 10; times += 1) await client.query(find);
      const { rows: plan } = await client.query<Record<'QUERY PLAN', string>>(
        'EXPLAIN EXECUTE find_planned(1)',
      );
      expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/planned_pkey[^]*id = \$1/);
    } finally {
      client.release();
    }
  });
});

it.each(['pool', 'transaction', 'listener'])(
  'lives on when the connection of a %s ends while nothing is asked on it',
  async (kind) => {
    // An `error` that nobody listens to fails the test run.
    const db = createDatabase({ url: test.url, poolMax: 2 });
    const end = (pid: unknown) => asOwner(`SELECT pg_terminate_backend(${String(pid)})`);
    const pidOf = (result: { rows: { pid: number }[] }) => result.rows[0]?.pid;
    if (kind === 'pool') {
      const client = await db.pool.connect();
      const lost = new Promise((resolve) => client.once('end', resolve));
      await end(pidOf(await client.query('SELECT pg_backend_pid() AS pid')));
      await lost;
      await expect(client.query('SELECT 1')).rejects.toThrow();
      client.release();
    } else if (kind === 'transaction') {
      const work = db.inTransaction(async (tx) => {
        const [row] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
        await end(row?.pid);
        await sleep(100);
        return tx.partner.count();
      });
      expect(isUnavailable(await work.catch((error: unknown) => error))).toBe(true);
    } else {
      const heard: (string | null)[] = [];
      await db.listen('lost', (payload) => heard.push(payload));
      await asOwner(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN "lost"'`);
      await vi.waitFor(() => expect(heard).toEqual([null]), { timeout: 5_000 });
    }
    expect(await db.prisma.partner.count()).toBeGreaterThanOrEqual(0);
    await db.close();
  },
);

describe('a session', () => {
  it('has our isolation level and time limit on any database, and keeps the options of the URL', async () => {
    const name = new URL(test.url).pathname.slice(1);
    await asOwner(`ALTER DATABASE ${name} SET default_transaction_isolation = 'serializable'`);
    const url = new URL(test.url);
    url.searchParams.set('options', '-c lock_timeout=4321');
    const db = createDatabase({ url: url.href, statementTimeoutMs: 6_000 });
    const text = `SELECT current_setting('transaction_isolation') AS isolation, current_setting('lock_timeout') AS lock,
                         current_setting('statement_timeout') AS statement, current_setting('plan_cache_mode') AS plans`;
    const expected = { isolation: 'read committed', lock: '4321ms', statement: '6s' };
    expect((await db.pool.query(text)).rows).toEqual([{ ...expected, plans: 'force_generic_plan' }]);
    expect(await db.prisma.$queryRawUnsafe(text)).toEqual([{ ...expected, plans: 'auto' }]);
    await db.close();
    await asOwner(`ALTER DATABASE ${name} RESET default_transaction_isolation`);
  });

  it('finds the tables of another schema', async () => {
    await asOwner(`CREATE SCHEMA "Other Place"; CREATE TABLE "Other Place".partners (LIKE public.partners INCLUDING ALL);
                   GRANT USAGE ON SCHEMA "Other Place" TO PUBLIC; GRANT ALL ON "Other Place".partners TO PUBLIC`);
    const url = new URL(test.url);
    url.searchParams.set('schema', 'Other Place');
    const db = createDatabase({ url: url.href });
    await db.prisma.partner.create({ data: { id: uuidv7(), name: 'elsewhere' } });
    expect((await db.pool.query('SELECT name FROM partners')).rows).toEqual([{ name: 'elsewhere' }]);
    expect(await test.db.prisma.partner.count({ where: { name: 'elsewhere' } })).toBe(0);
    await db.close();
  });
});

it('calls a database that takes no writes unavailable', async () => {
  const url = new URL(test.url);
  url.searchParams.set('options', '-c default_transaction_read_only=on');
  const db = createDatabase({ url: url.href });
  const errors = await Promise.all([
    db.prisma.partner.create({ data: { id: uuidv7(), name: 'p' } }).catch((error: unknown) => error),
    db.prisma.$executeRaw`DELETE FROM partners WHERE name = 'nobody'`.catch((error: unknown) => error),
    db.pool.query(`DELETE FROM partners WHERE name = 'nobody'`).catch((error: unknown) => error),
  ]);
  expect(errors.map(isUnavailable)).toEqual([true, true, true]);
  await db.close();
});

describe('inTransaction', () => {
  it('runs again after a serialization failure, so that no update is lost', async () => {
    const partner = await test.db.prisma.partner.create({ data: { id: uuidv7(), name: '0' } });
    let runs = 0;
    await Promise.all(
      Array.from({ length: 4 }, () =>
        test.db.inTransaction(
          async (tx) => {
            runs++;
            const { name } = await tx.partner.findUniqueOrThrow({ where: { id: partner.id } });
            await sleep(20);
            await tx.partner.update({ where: { id: partner.id }, data: { name: String(Number(name) + 1) } });
          },
          { isolationLevel: 'Serializable', maxAttempts: 20 },
        ),
      ),
    );
    expect((await test.db.prisma.partner.findUniqueOrThrow({ where: { id: partner.id } })).name).toBe('4');
    expect(runs).toBeGreaterThan(4);
  });

  it('runs again after a deadlock of raw statements', async () => {
    const ids = [uuidv7(), uuidv7()];
    await test.db.prisma.partner.createMany({ data: ids.map((id) => ({ id, name: 'p' })) });
    const lockBoth = (order: string[]) =>
      test.db.inTransaction(async (tx) => {
        for (const id of order) {
          await tx.$queryRaw`SELECT 1 AS one FROM partners WHERE id = ${id}::uuid FOR UPDATE`;
          await sleep(50);
        }
      });
    await expect(Promise.all([lockBoth(ids), lockBoth(ids.toReversed())])).resolves.toHaveLength(2);
  });

  it('does not run again for an error of the work itself, and leaves no row', async () => {
    const id = uuidv7();
    const work = vi.fn(async (tx: Parameters<Parameters<typeof test.db.inTransaction>[0]>[0]) => {
      await tx.partner.create({ data: { id, name: 'p' } });
      throw new Error('refused');
    });
    await expect(test.db.inTransaction(work)).rejects.toThrow('refused');
    expect(work).toHaveBeenCalledTimes(1);
    expect(await test.db.prisma.partner.findUnique({ where: { id } })).toBeNull();
  });
});

describe('listen', () => {
  it('hears notifications, says when it may have missed some, and hears again', async () => {
    const heard: (string | null)[] = [];
    const unlisten = await test.db.listen('something', (payload) => heard.push(payload));
    await test.db.pool.query(`SELECT pg_notify('something', 'one')`);
    await vi.waitFor(() => expect(heard).toEqual(['one']));
    await asOwner(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'`);
    await vi.waitFor(() => expect(heard).toEqual(['one', null]), { timeout: 5_000 });
    await test.db.pool.query(`SELECT pg_notify('something', 'two')`);
    await vi.waitFor(() => expect(heard).toEqual(['one', null, 'two']));
    await unlisten();
    await test.db.pool.query(`SELECT pg_notify('something', 'three')`);
    await sleep(100);
    expect(heard).toHaveLength(3);
  });
});

it('survives that the server ends all its connections', async () => {
  await test.db.prisma.partner.count();
  await asOwner(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()
                 AND datname = current_database()`);
  await vi.waitFor(() => expect(test.db.prisma.partner.count()).resolves.toBeGreaterThanOrEqual(0));
});

it('tells errors of a database that is away from all others', async () => {
  const away = createDatabase({ url: 'postgresql://nobody:x@127.0.0.1:1/none' });
  const cutOff = test.db.pool.query('SELECT pg_sleep(30)').catch((error: unknown) => error);
  const endIt = () =>
    asOwner(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)' AND pid <> pg_backend_pid()`,
    );
  await vi.waitFor(async () => expect(await endIt()).toHaveLength(1), { timeout: 10_000 });
  const unavailable = await Promise.all([
    away.pool.query('SELECT 1').catch((error: unknown) => error),
    away.prisma.partner.count().catch((error: unknown) => error),
    away.prisma.$queryRaw`SELECT 1`.catch((error: unknown) => error),
    cutOff,
  ]);
  expect(unavailable.map(isUnavailable)).toEqual([true, true, true, true]);
  expect(isUnavailable(new Error('Connection terminated unexpectedly'))).toBe(true);
  const unreachable = ['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].map((code) =>
    Object.assign(new Error(`connect ${code}`), { code }),
  );
  expect(unreachable.map(isUnavailable)).toEqual([true, true, true, true]);
  const others = await Promise.all([
    test.db.pool.query('SELECT nonsense').catch((error: unknown) => error),
    test.db.prisma.$queryRaw`SELECT 1/0`.catch((error: unknown) => error),
  ]);
  expect([...others, new Error('anything'), null].map(isUnavailable)).toEqual([false, false, false, false]);
  await away.close();
});

it('ends a statement that takes too long', async () => {
  const impatient = createDatabase({ url: test.url, statementTimeoutMs: 100 });
  await expect(impatient.pool.query('SELECT pg_sleep(5)')).rejects.toThrow('statement timeout');
  await impatient.close();
});
