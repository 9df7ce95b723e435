import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type Database } from '@gangway/db/client';
import { checkEverything } from '../testing/check-everything.js';
import { createTestBed, type TestBed } from '../testing/test-bed.js';
import { createTestRegistry } from '../testing/test-operation.js';
import { createEmbeddedEngine } from './engine.js';

let bed: TestBed;
let db: Database;
beforeAll(async () => {
  bed = await createTestBed(4);
  db = createDatabase({ url: bed.database.url, poolMax: 6 });
});
afterEach(() => checkEverything(bed));
afterAll(async () => {
  await db.close();
  await bed.drop();
});

describe('a database that breaks its connections', () => {
  it('loses no run and repeats no finished step', async () => {
    const engine = createEmbeddedEngine({
      db,
      registry: createTestRegistry(db),
      leaseMs: 3_000,
      pollMs: 200,
    });
    await engine.start();
    const ids = await Promise.all(Array.from({ length: 30 }, () => bed.start({ two: 'slow' })));
    // Only the connections of the engine, as an immediate restart would end them: in the middle of whatever they do.
    const { rows } = await db.pool.query<{ user: string }>('SELECT current_user AS user');
    for (let round = 0; round < 6; round += 1) {
      await sleep(250);
      const own = await bed.db.pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await bed.owner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = $1
           AND pid <> $2 AND pid <> pg_backend_pid()`,
        [rows[0]?.user, own.rows[0]?.pid],
      );
    }
    for (const id of ids) expect(await bed.until(id, bed.ended)).toMatchObject({ status: 'succeeded' });
    await engine.stop();
  });
});
