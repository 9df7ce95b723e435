/**
 * An operation of four steps that does what its input says and leaves its traces in two tables: `test_calls` has a row
 * per call of an effect, `test_things` what exists in the end (`test_kills`: see planned-kills.ts). It stands in for every type of the registry; under
 * `tenant.delete` its steps and their undos only write rows, and {@link FINAL} cannot be cancelled.
 */
import { OPERATION_TYPES, type OperationType } from '@gangway/contract/operation-types';
import { type Database, Prisma } from '@gangway/db/client';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Compensation,
  type Operation,
  type Registry,
  type RowStep,
  type StepContext,
  type StepEffect,
  StepError,
} from '../step.js';
import { testPlan } from './test-plan.js';

export const TEST_TABLES = `
CREATE TABLE test_calls (id serial PRIMARY KEY, run_id uuid, step text, direction text, attempt int, pid int, at timestamptz DEFAULT clock_timestamp());
CREATE TABLE test_things (run_id uuid, step text, value text, PRIMARY KEY (run_id, step));
CREATE TABLE test_kills (run_id uuid, point text, at timestamptz, PRIMARY KEY (run_id, point));
GRANT ALL ON test_calls, test_things, test_kills TO gangway_app;
GRANT ALL ON SEQUENCE test_calls_id_seq TO gangway_app;`;

export const FINAL: OperationType = 'intune.device_configurations';

/** What a step is told to do, by `input.script[step]`. */
export type Act =
  | 'flaky'
  | 'broken'
  | 'refused'
  | 'throttled'
  | 'patient'
  | 'loads'
  | 'hang'
  | 'slow'
  | 'long'
  | 'deaf'
  | 'taken'
  | 'slow-rows'
  | 'undo-flaky'
  | 'undo-broken';

export function createTestRegistry(db: Pick<Database, 'pool'>): Registry {
  const entries = OPERATION_TYPES.map((type) => [type, testOperation(db, type)] as const);
  return Object.fromEntries(entries) as Record<OperationType, Operation>;
}

function testOperation(db: Pick<Database, 'pool'>, type: OperationType): Operation {
  const plan = testPlan(type);
  const names = plan.steps.map((step) => step.name);
  const onlyRows = type === 'tenant.delete';
  const note = (ctx: StepContext, step: string, direction: string) =>
    db.pool.query(
      'INSERT INTO test_calls (run_id, step, direction, attempt, pid) VALUES ($1, $2, $3, $4, $5)',
      [ctx.run.id, step, direction, ctx.attempt, process.pid],
    );
  const effect =
    (name: string): StepEffect =>
    async (ctx) => {
      await note(ctx, name, 'forward');
      if (actOf(ctx, name) === 'loads') await ctx.loadOnce('target', () => note(ctx, 'target', 'load'));
      await act(actOf(ctx, name), ctx);
      await db.pool.query('INSERT INTO test_things VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
        ctx.run.id,
        name,
        (ctx.run.input as { value?: string }).value ?? '',
      ]);
      return { made: name, value: ctx.run.input['value'] ?? null };
    };
  const rowStep = (name: string): RowStep => ({
    prepare: async (ctx) => {
      await note(ctx, name, 'forward');
      const told = actOf(ctx, name);
      await act(told, ctx);
      const value = ctx.run.input['value'] ?? null;
      const insert = Prisma.sql`INSERT INTO test_things SELECT run.id, ${name}, ${value} FROM run`;
      const more = {
        taken: Prisma.sql`, generate_series(1, 2)`,
        'slow-rows': Prisma.sql`, pg_sleep(12) ON CONFLICT DO NOTHING`,
      };
      const isSpecial = told === 'taken' || told === 'slow-rows';
      const rows = [Prisma.sql`${insert}${isSpecial ? more[told] : Prisma.sql` ON CONFLICT DO NOTHING`}`];
      return { output: { made: name, value, handed: Object.keys(ctx.handedOver) }, rows, handOver: name };
    },
    toStepError: (error) =>
      error instanceof Error && 'code' in error && error.code === '23505'
        ? new StepError('tenant.duplicate', { cause: error })
        : error,
  });
  const listed = (name: string) => ({
    list: async (ctx: StepContext) => {
      const { rows } = await db.pool.query<{ step: string }>(
        'SELECT step FROM test_things WHERE run_id = $1 AND step = $2',
        [ctx.run.id, name],
      );
      return rows.map((row) => ({ what: 'thing', id: row.step }));
    },
  });
  const beginUndo = async (ctx: StepContext, name: string) => {
    await note(ctx, name, 'undo');
    const told = actOf(ctx, name);
    const { rows } = await db.pool.query(
      `SELECT 1 FROM test_calls WHERE run_id = $1 AND step = $2 AND direction = 'undo'`,
      [ctx.run.id, name],
    );
    if (told === 'undo-broken' || (told === 'undo-flaky' && rows.length < 2))
      throw new StepError('database.unavailable');
  };
  const compensation = (name: string): Compensation => ({
    ...listed(name),
    undo: async (ctx) => {
      await beginUndo(ctx, name);
      await db.pool.query('DELETE FROM test_things WHERE run_id = $1 AND step = $2', [ctx.run.id, name]);
    },
  });
  const rowUndo = (name: string): Compensation => ({
    ...listed(name),
    rows: async (ctx) => {
      await beginUndo(ctx, name);
      return [
        Prisma.sql`DELETE FROM test_things USING run WHERE run_id = run.id AND test_things.step = ${name}`,
      ];
    },
    toStepError: (error) => error,
  });
  return {
    plan,
    steps: Object.fromEntries(names.map((name) => [name, onlyRows ? rowStep(name) : effect(name)])),
    compensations: Object.fromEntries(
      names.slice(0, 3).map((name) => [`undo_${name}`, onlyRows ? rowUndo(name) : compensation(name)]),
    ),
    ...(type === FINAL && { isFinal: true as const }),
    timeoutMs: 120_000,
    validateUpdate: (field, value) => {
      if (field !== 'value' || typeof value !== 'string') throw new StepError('validation.failed');
      return value.trim();
    },
  };
}

const actOf = (ctx: StepContext, name: string) =>
  (ctx.run.input['script'] as Record<string, Act> | undefined)?.[name];

async function act(told: Act | undefined, ctx: StepContext): Promise<void> {
  if (told === 'flaky' && ctx.attempt < 3) throw new StepError('provider.unavailable');
  if (told === 'broken') throw new StepError('provider.unavailable');
  if (told === 'refused') throw new StepError('tenant.duplicate');
  if (told === 'throttled' && ctx.attempt < 2)
    throw new StepError('provider.throttled', { retryAfterMs: 700 });
  if (told === 'patient' && ctx.attempt < 2)
    throw new StepError('provider.throttled', { retryAfterMs: 2_000 });
  if (told === 'slow') await sleep(400, undefined, { signal: ctx.signal });
  if (told === 'long') await sleep(2_200, undefined, { signal: ctx.signal });
  if (told === 'hang') await sleep(60_000, undefined, { signal: ctx.signal });
  if (told === 'deaf') await sleep(60_000, undefined, { ref: false });
}
