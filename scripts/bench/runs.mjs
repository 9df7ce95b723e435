import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase } from '../../packages/db/dist/client.js';
import { announceQueued } from '../../packages/engine/dist/store/announce.js';
import { createRun } from '../../packages/engine/dist/store/create-run.js';
import { sqlOfPool } from '../../packages/engine/dist/store/sql.js';
import { FOUR_STEPS } from './four-steps.mjs';

/** A partner of its own on a migrated PostgreSQL, and the runs that it has queued. */
export async function openRuns(url) {
  const db = createDatabase({ url, poolMax: 8 });
  const partner = await db.prisma.partner.create({ data: { id: randomUUID(), name: 'Bench' } });
  const started = `FROM operation_runs WHERE partner_id = '${partner.id}' AND`;
  return {
    db,
    partner,
    /** Queues one run of four steps and tells the workers. Gives its id. */
    async queue(input = {}) {
      const run = {
        id: randomUUID(),
        owner: { partnerId: partner.id },
        plan: FOUR_STEPS,
        subjectId: randomUUID(),
        input,
        startedBy: { kind: 'partner', id: partner.id, label: 'Bench' },
      };
      await createRun(sqlOfPool(db.pool), run);
      announceQueued(db.pool, run.id);
      return run.id;
    },
    /** Waits until exactly `count` runs are in the state that the condition names. */
    async until(condition, count) {
      for (;;) {
        const { rows } = await db.pool.query(`SELECT count(*)::int AS n ${started} ${condition}`);
        if (rows[0].n === count) return;
        await sleep(20);
      }
    },
    close: () => db.close(),
  };
}
