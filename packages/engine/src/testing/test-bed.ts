import { createTestDatabase, type TestDatabase } from '@gangway/db/test-database';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { announceQueued } from '../store/announce.js';
import { type CreatedRun, createRun, type NewRun } from '../store/create-run.js';
import { getRun } from '../store/get-run.js';
import type { RunWithSteps } from '../run.js';
import { sqlOfPool, sqlOfTransaction } from '../store/sql.js';
import { type Act, createTestRegistry, TEST_TABLES } from './test-operation.js';
import { testPlan } from './test-plan.js';

export interface Call {
  readonly step: string;
  readonly direction: string;
  readonly attempt: number;
  readonly pid: number;
}

/** A database of its own with one partner, and what the engine's tests do with it. */
export async function createTestBed(poolMax = 12) {
  const database: TestDatabase = await createTestDatabase({ poolMax });
  const { db } = database;
  const sql = sqlOfPool(db.pool);
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 });
  // The end of the database may reach a connection before its own.
  owner.on('connect', (client) => client.on('error', () => undefined));
  owner.on('error', () => undefined);
  await owner.query(TEST_TABLES);
  const partner = await db.prisma.partner.create({ data: { id: uuidv7(), name: 'Partner' } });
  const registry = createTestRegistry(db);

  const newRun = (request: Partial<NewRun> = {}): NewRun => ({
    owner: { partnerId: partner.id },
    plan: testPlan('tenant.create'),
    subjectId: uuidv7(),
    input: {},
    startedBy: { kind: 'partner', id: partner.id, label: partner.name },
    ...request,
  });
  const create = async (request: Partial<NewRun> = {}): Promise<CreatedRun> => {
    const { created } = await db.inTransaction((tx) => createRun(sqlOfTransaction(tx), newRun(request)));
    announceQueued(db.pool, created.operationRunId);
    return created;
  };

  return {
    database,
    db,
    sql,
    owner,
    partner,
    registry,
    newRun,
    create,
    start: async (script: Record<string, Act> = {}, more: Partial<NewRun> = {}) =>
      (await create({ ...more, input: { script, ...more.input } })).operationRunId,
    get: (id: string) => getRun(sql, id),
    async until(
      id: string,
      holds: (run: RunWithSteps) => boolean,
      timeoutMs = 15_000,
    ): Promise<RunWithSteps> {
      const end = Date.now() + timeoutMs;
      for (;;) {
        const run = await getRun(sql, id);
        if (holds(run)) return run;
        if (Date.now() > end) throw new Error(`Not in time: ${JSON.stringify(run, null, 1)}`);
        await sleep(20);
      }
    },
    ended: (run: RunWithSteps) => run.status === 'succeeded' || run.status === 'failed',
    calls: async (id: string): Promise<Call[]> =>
      (
        await owner.query<Call>(
          'SELECT step, direction, attempt, pid FROM test_calls WHERE run_id = $1 ORDER BY id',
          [id],
        )
      ).rows,
    things: async (id: string): Promise<string[]> =>
      (
        await owner.query<{ step: string }>('SELECT step FROM test_things WHERE run_id = $1 ORDER BY step', [
          id,
        ])
      ).rows.map((row) => row.step),
    async drop() {
      await owner.end();
      await database.drop();
    },
  };
}

export type TestBed = Awaited<ReturnType<typeof createTestBed>>;
