import type { RunEvent } from '@gangway/contract/operations';
import type { Pool, QueryConfig } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmbeddedEngine } from '../embedded/engine.js';
import type { Engine } from '../port.js';
import { createTestBed, type TestBed } from '../testing/test-bed.js';
import { WatchHub } from './hub.js';
import { watchRun } from './watch-run.js';

let bed: TestBed;
let engine: Engine;
let hub: WatchHub<string>;
const revoked = new Set<string>();
beforeAll(async () => {
  bed = await createTestBed();
  engine = createEmbeddedEngine({ db: bed.db, registry: bed.registry, pollMs: 200 });
  hub = new WatchHub<string>({
    db: bed.db,
    isStillAllowed: (watchers) => Promise.resolve(new Set(watchers.filter(({ who }) => !revoked.has(who)))),
    recheckMs: 100,
  });
  await engine.start();
  await hub.start();
});
afterAll(async () => {
  await hub.stop();
  await engine.stop();
  await bed.drop();
});

async function collect(
  operationRunId: string,
  afterSeq: number,
  limit = Infinity,
  who = 'someone',
  watched = hub,
): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of watchRun(watched, { operationRunId, who, afterSeq })) {
    events.push(event);
    if (events.length >= limit) break;
  }
  return events;
}

const seqs = (events: RunEvent[]) => events.map((event) => event.seq);
const from = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_item, index) => first + index);

describe('watching a run', () => {
  it('tells every event once, live and afterwards, and ends with the run', async () => {
    const id = await bed.start({ two: 'slow', three: 'slow' });
    const live = await collect(id, 0);
    expect(seqs(live)).toEqual(from(1, 11));
    const next = await bed.start({ two: 'slow' });
    expect(await collect(next, 1_000)).toEqual([]); // an event that never was: nothing is told, but the end is heard
    expect(live.at(-1)?.kind).toBe('run.finished');
    expect(await collect(id, 0)).toEqual(live);
    expect(await collect(id, 11)).toEqual([]);
    expect(await collect(id, 1_000)).toEqual([]);
  });

  it('goes on after any event across restarts of the hub, while the run goes on, without gap or double', async () => {
    const id = await bed.start({ one: 'slow', two: 'slow', three: 'slow', four: 'slow' });
    const all: RunEvent[] = [];
    while (all.at(-1)?.kind !== 'run.finished') {
      const own = new WatchHub<string>({ db: bed.db });
      await own.start();
      const after = all.at(-1)?.seq ?? 0;
      // Every life of the hub ends in the middle of a stream: as soon as it has told one event.
      for await (const event of watchRun(own, { operationRunId: id, who: 'x', afterSeq: after })) {
        all.push(event);
        void own.stop();
      }
    }
    expect(seqs(all)).toEqual(from(1, 11));
    for (let after = 0; after <= 11; after += 1)
      expect(seqs(await collect(id, after))).toEqual(from(after + 1, 11));
  });

  it('goes on after any event without gap or double', async () => {
    const id = await bed.start({ one: 'slow', three: 'slow' });
    let last = 0;
    const all: RunEvent[] = [];
    while (all.at(-1)?.kind !== 'run.finished') {
      const part = await collect(id, last, 2);
      all.push(...part);
      last = part.at(-1)?.seq ?? last;
    }
    expect(seqs(all)).toEqual(from(1, 11));
  });

  it('asks the database as often for 1,000 watchers as for one', async () => {
    const statements = async (watchers: number) => {
      let count = 0;
      const query = (config: QueryConfig) => {
        count += 1;
        return bed.db.pool.query(config);
      };
      const pool = Object.create(bed.db.pool, { query: { value: query } }) as Pool;
      const counted = new WatchHub<string>({
        db: { pool, listen: (channel, handler) => bed.db.listen(channel, handler) },
      });
      await counted.start();
      const id = await bed.start({ one: 'slow' });
      const seen = await Promise.all(
        Array.from({ length: watchers }, () => collect(id, 0, Infinity, 'x', counted)),
      );
      for (const events of seen) expect(seqs(events)).toEqual(from(1, 11));
      await counted.stop();
      return count;
    };
    const [one, many] = [await statements(1), await statements(1_000)];
    expect(many).toBeLessThanOrEqual(one + 3);
  });

  it('cuts off who may no longer look', async () => {
    const id = await bed.start({ two: 'hang' });
    const watching = collect(id, 0, Infinity, 'gone');
    await bed.until(id, (run) => run.step === 'two');
    revoked.add('gone');
    expect((await watching).at(-1)?.kind).toBe('step.started');
    expect(hub.watching).toBe(0);
    await engine.signal(id, { kind: 'cancel', reason: null, by: 'Somebody' });
    await bed.until(id, bed.ended);
  });

  it('ends with a run that is parked', async () => {
    const id = await bed.start({ three: 'refused' }, { failurePolicy: 'hold' });
    const parked = await collect(id, 0);
    expect(parked.at(-1)).toMatchObject({ kind: 'run.finished', run: { held: true, status: 'failed' } });
  });

  it('ends when the watcher leaves', async () => {
    const id = await bed.start({ one: 'hang' });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const seen: number[] = [];
    for await (const event of watchRun(hub, {
      operationRunId: id,
      who: 'x',
      afterSeq: 0,
      signal: controller.signal,
    }))
      seen.push(event.seq);
    expect(seen.length).toBeGreaterThan(0);
    await engine.signal(id, { kind: 'cancel', reason: null, by: 'Somebody' });
    await bed.until(id, bed.ended);
  });
});
