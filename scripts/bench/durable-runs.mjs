import { randomUUID } from 'node:crypto';
import { createDatabase } from '../../packages/db/dist/client.js';
import { createEmbeddedEngine } from '../../packages/engine/dist/embedded/engine.js';
import { subscribeToEvents } from '../../packages/engine/dist/store/announce.js';
import { startPostgres } from './database.mjs';
import { FOUR_STEPS, LAST_EVENT, registryOf } from './four-steps.mjs';
import { installed } from './installed.mjs';
import { perSecond } from './load.mjs';
import { interleave, toRow } from './statistics.mjs';

const DBOS = '@dbos-inc/dbos-sdk@5.3.0';
const RUNS = 500;
/** Until both run on compiled code and on plans that their connections keep. */
const WARM = 1_000;

/** P4: durable runs of four steps that do nothing, one and eight at once, against DBOS on the same PostgreSQL. */
export default async function measureDurableRuns() {
  const postgres = await startPostgres();
  try {
    const ours = await startOurs(postgres.url);
    const theirs = await startDbos(postgres.ownerUrl);
    const rows = [];
    for (const concurrency of [1, 8]) {
      const a = (runs = RUNS) => perSecond(runs, concurrency, () => ours.run());
      const b = (runs = RUNS) => perSecond(runs, concurrency, () => theirs.run());
      await a(WARM);
      await b(WARM);
      const measure = `durable runs/s of 4 no-op steps, c=${concurrency}, against ${DBOS.replace('@dbos-inc/dbos-sdk@', 'DBOS ')}`;
      rows.push(
        toRow({ id: 'P4', measure, pass: concurrency === 1 ? '≥ 2.2' : '≥ 3' }, await interleave(5, a, b)),
      );
    }
    await ours.stop();
    await theirs.stop();
    return rows;
  } finally {
    await postgres.stop();
  }
}

/** The engine as the product has it: a row, an embedded worker that is told of it, and events that say when it ended. */
async function startOurs(url) {
  const db = createDatabase({ url, poolMax: 10 });
  const partner = await db.prisma.partner.create({ data: { id: randomUUID(), name: 'Bench' } });
  const waiting = new Map();
  // As with DBOS, who asked is in the process that works.
  subscribeToEvents(db.pool, {
    wants: () => false,
    notify(id, seq) {
      if (seq === LAST_EVENT) waiting.get(id)?.();
    },
  });
  const engine = createEmbeddedEngine({
    db,
    registry: registryOf(() => Promise.resolve(null)),
    concurrency: 16,
  });
  await engine.start();
  return {
    async run() {
      const id = randomUUID();
      const ended = new Promise((resolve) => waiting.set(id, resolve));
      const startedBy = { kind: 'partner', id: partner.id, label: 'Bench' };
      const run = {
        id,
        owner: { partnerId: partner.id },
        plan: FOUR_STEPS,
        subjectId: randomUUID(),
        input: {},
        startedBy,
      };
      await engine.create(run);
      await ended;
      waiting.delete(id);
    },
    async stop() {
      await engine.stop();
      await db.close();
    },
  };
}

async function startDbos(url) {
  const load = await installed(DBOS);
  const { DBOS: dbos } = await load('@dbos-inc/dbos-sdk');
  const system = new URL(url);
  system.pathname = '/bench_dbos';
  dbos.setConfig({ name: 'bench', systemDatabaseUrl: system.href, runAdminServer: false, logLevel: 'error' });
  const workflow = dbos.registerWorkflow(
    async () => {
      for (const name of ['one', 'two', 'three', 'four'])
        await dbos.runStep(() => Promise.resolve(null), { name });
    },
    { name: 'four' },
  );
  await dbos.launch();
  return { run: () => workflow(), stop: () => dbos.shutdown() };
}
