/** What must hold when worker processes break, whatever engine they run: the same tests for both. */
import type { ChildProcess } from 'node:child_process';
import type { OperationType } from '@gangway/contract/operation-types';
import { uuidv7 } from 'uuidv7';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkEverything } from './check-everything.js';
import { Fleet } from './fleet.js';
import { killWorker } from './spawn-worker.js';
import { createTestBed, type TestBed } from './test-bed.js';
import { PARALLEL, testPlan } from './test-plan.js';

export interface FaultSuite {
  readonly name: string;
  readonly leaseMs: number;
  /** The operations whose steps are killed at every point. */
  readonly kinds: readonly Kind[];
  /** Starts a worker process on this database. */
  readonly spawn: (databaseUrl: string, env: Readonly<Record<string, string>>) => Promise<ChildProcess>;
}

const STEPS = ['one', 'two', 'three', 'four'];
const POINTS = [
  ...STEPS.flatMap((step) => [`${step}.before`, `${step}.after`]),
  ...STEPS.slice(0, 3).flatMap((step) => [`${step}.undo.before`, `${step}.undo.after`]),
];
type Kind = readonly [title: string, type: OperationType];
export const EFFECTS: Kind = ['steps with effects', 'tenant.create'];
export const SIDE_BY_SIDE: Kind = ['steps side by side', PARALLEL];
export const ROW_STEPS: Kind = ['steps that only write rows', 'tenant.delete'];
/** How many runs lose their worker at the same time. */
const WAVE = 5;

export function describeFaults({ name, leaseMs, kinds, spawn }: FaultSuite): void {
  describe(`worker processes of the ${name} engine`, () => {
    let bed: TestBed;
    let fleet: Fleet;
    beforeAll(async () => {
      bed = await createTestBed(6);
      fleet = new Fleet((env) => spawn(bed.database.url, env));
    });
    afterEach(async () => {
      await fleet.end();
      await checkEverything(bed);
    });
    afterAll(() => bed.drop());

    const end = (id: string) => bed.until(id, bed.ended, 60_000);
    const begun = (id: string, step: string) =>
      vi.waitFor(async () => expect((await bed.calls(id)).map((call) => call.step)).toContain(step), 20_000);
    const forward = async (id: string) =>
      (await bed.calls(id)).filter((call) => call.direction === 'forward').map((call) => call.step);

    /** One run whose worker is killed at `point`: how it ended, and how long after. */
    async function killedAt(type: OperationType, point: string) {
      const id = uuidv7();
      await bed.owner.query('INSERT INTO test_kills VALUES ($1, $2)', [id, `${type}.${point}`]);
      await bed.start(point.includes('.undo.') ? { four: 'refused' } : {}, { id, plan: testPlan(type) });
      const { status, reasonCode } = await end(id);
      const { rows } = await bed.owner.query<{ ms: number }>(
        `SELECT extract(epoch FROM r.finished_at - k.at)::float8 * 1000 AS ms
         FROM test_kills k JOIN operation_runs r ON r.id = k.run_id WHERE k.run_id = $1 AND k.at IS NOT NULL`,
        [id],
      );
      return { point, status, reasonCode, things: await bed.things(id), ms: rows[0]?.ms };
    }

    it.each(kinds)(
      'killed with -9 before and after every step and compensation of %s: others end the run',
      async (_title, type) => {
        const waiting = [...POINTS];
        for (let wave = waiting.splice(0, WAVE); wave.length > 0; wave = waiting.splice(0, WAVE)) {
          // One survives, and each does one thing at a time, so that nobody takes the run of somebody else down.
          await fleet.fill(wave.length + 1, { CONCURRENCY: '1' });
          for (const told of await Promise.all(wave.map((point) => killedAt(type, point)))) {
            const isUndo = told.point.includes('.undo.');
            expect(told).toMatchObject(
              isUndo
                ? { status: 'failed', reasonCode: 'tenant.duplicate', things: [] }
                : { status: 'succeeded', reasonCode: null, things: STEPS.toSorted() },
            );
            expect(told.ms, told.point).toBeLessThan(leaseMs + 5_000);
          }
        }
      },
      150_000,
    );

    it('that are taken down by a run again and again park it, and go on with the others', async () => {
      await fleet.keep(2, { FAULT: 'tenant.create.one.before:kill', CONCURRENCY: '1' });
      const poison = await bed.start();
      const other = await bed.start({}, { plan: testPlan('inventory.domains') });
      expect(await end(other)).toMatchObject({ status: 'succeeded' });
      expect(await end(poison)).toMatchObject({ reasonCode: 'run.worker_lost', held: true, crashes: 3 });
      expect(await bed.things(poison)).toEqual([]);
    }, 90_000);

    it.each([EFFECTS, ROW_STEPS])(
      'stopped past their lease and continued cannot write any more: %s',
      async (_title, type) => {
        const stopped = await fleet.worker({ CONCURRENCY: '1' });
        const id = await bed.start({ three: 'long' }, { plan: testPlan(type) });
        // Its effect has begun: what a stopped process had under way cannot be called back, only its writes refused.
        await begun(id, 'three');
        stopped.kill('SIGSTOP');
        await fleet.worker();
        expect(await end(id)).toMatchObject({ status: 'succeeded' });
        const before = await bed.get(id);
        await bed.owner.query('DELETE FROM test_things WHERE run_id = $1', [id]);
        stopped.kill('SIGCONT');
        // It ends what it was at, and then itself.
        expect(await killWorker(stopped, 'SIGTERM')).toBe(0);
        expect(await bed.get(id)).toEqual(before);
        // An effect writes what it likes; rows that the engine writes come under the fence.
        if (type === 'tenant.delete') expect(await bed.things(id)).toEqual([]);
      },
      60_000,
    );

    it('that get SIGTERM in the middle of a run end with 0 within the drain time, and the next one goes on', async () => {
      const first = await fleet.worker();
      const id = await bed.start({ one: 'slow', two: 'slow', three: 'slow', four: 'slow' });
      await begun(id, 'two');
      expect(await killWorker(first, 'SIGTERM')).toBe(0);
      expect(await bed.get(id)).toMatchObject({ status: 'running', waitingUntil: null });
      await fleet.worker();
      expect(await end(id)).toMatchObject({ status: 'succeeded', crashes: 0 });
      // What could not end in the drain time is called again; what has ended is not.
      expect(new Set(await forward(id))).toEqual(new Set(STEPS));
    }, 60_000);

    it('whose clocks jump two hours ahead and back repeat nothing and keep their leases', async () => {
      const NODE_OPTIONS = `--import ${new URL('../../dist/testing/shift-clock.js', import.meta.url).href}`;
      const shifts = ['7200', '-7200'];
      const workers = await Promise.all(
        shifts.map((CLOCK_SHIFT_SECONDS) => fleet.worker({ NODE_OPTIONS, CLOCK_SHIFT_SECONDS })),
      );
      const script = { two: 'long', three: 'throttled' } as const;
      const start = () => bed.start(script);
      const ids = await Promise.all([start(), start(), start(), start()]);
      await Promise.all(ids.map((id) => begun(id, 'two')));
      for (const worker of workers) worker.kill('SIGUSR2');
      ids.push(await start(), await start());
      for (const id of ids) {
        expect(await end(id)).toMatchObject({ status: 'succeeded', crashes: 0 });
        expect(await forward(id)).toEqual(['one', 'two', 'three', 'three', 'four']);
      }
      // Time is the database's.
      const { rows } = await bed.owner.query(
        `SELECT 1 FROM operation_runs WHERE id = ANY ($1) AND finished_at BETWEEN now() - interval '60 s' AND now()`,
        [ids],
      );
      expect(rows).toHaveLength(ids.length);
    }, 60_000);

    it('eight on one queue execute every run once', async () => {
      await fleet.fill(8);
      const ids = await Promise.all(Array.from({ length: 60 }, () => bed.start()));
      for (const id of ids) {
        expect(await end(id)).toMatchObject({ status: 'succeeded', crashes: 0 });
        expect((await bed.calls(id)).map((call) => call.step)).toEqual(STEPS);
      }
      const { rows } = await bed.owner.query('SELECT DISTINCT pid FROM test_calls WHERE run_id = ANY ($1)', [
        ids,
      ]);
      expect(rows.length).toBeGreaterThan(1);
    }, 90_000);
  });
}
