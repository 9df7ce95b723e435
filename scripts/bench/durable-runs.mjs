import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { startEmbeddedPostgres } from '../../packages/db/dist/embedded-postgres.js';
import { createDatabase } from '../../packages/db/dist/client.js';
import { migrate } from '../../packages/db/dist/migrate.js';
import { createEmbeddedEngine } from '../../packages/engine/dist/embedded/engine.js';
import { createOrReuseRun } from '../../packages/engine/dist/store/create-or-reuse-run.js';
import { sqlOfPool } from '../../packages/engine/dist/store/sql.js';
import { interleave, median, spread } from './statistics.mjs';

const DBOS_VERSION = '5.3.0';
const RUNS = 120;
/** Four steps: queued, started, each step started and finished, finished. */
const LAST_EVENT = 11;

/** P4: durable runs of four steps that do nothing, one and eight at once, against DBOS on the same PostgreSQL. */
export async function measureDurableRuns() {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'gangway-bench-runs-'));
  const postgres = await startEmbeddedPostgres({ dataDir });
  try {
    await migrate({ url: postgres.ownerUrl });
    const ours = await startOurs(postgres.url);
    const theirs = await startDbos(postgres.ownerUrl);
    const rows = [];
    for (const concurrency of [1, 8]) {
      const a = () => runsPerSecond(RUNS, concurrency, () => ours.run());
      const b = () => runsPerSecond(RUNS, concurrency, () => theirs.run());
      await a();
      await b();
      const values = await interleave(5, a, b);
      rows.push({
        id: 'P4',
        measure: `durable runs/s of 4 no-op steps, c=${concurrency}, against DBOS ${DBOS_VERSION}`,
        ours: spread(values.a),
        theirs: spread(values.b),
        ratio: median(values.a) / median(values.b),
        pass: '≥ 2',
      });
    }
    await ours.stop();
    await theirs.stop();
    return rows;
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function runsPerSecond(count, concurrency, run) {
  const startedAt = performance.now();
  let left = count;
  const lane = async () => {
    while (left-- > 0) await run();
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return (count / (performance.now() - startedAt)) * 1_000;
}

/** The engine as the product has it: a row, an embedded worker that is told of it, and events that say when it ended. */
async function startOurs(url) {
  const db = createDatabase({ url, poolMax: 10 });
  const partner = await db.prisma.partner.create({ data: { id: randomUUID(), name: 'Bench' } });
  const names = ['one', 'two', 'three', 'four'];
  const plan = {
    type: 'tenant.create',
    steps: names.map((name, index) => ({ name, title: name, progress: [index * 25, index * 25 + 25] })),
    outcome: () => ({ status: 'succeeded', reasonCode: null, message: null, warnings: [], result: null }),
  };
  const steps = Object.fromEntries(names.map((name) => [name, () => Promise.resolve(null)]));
  const registry = { 'tenant.create': { plan, steps, compensations: {}, timeoutMs: 600_000 } };
  const waiting = new Map();
  await db.listen('operation_run_events', (payload) => {
    const [id, seq] = (payload ?? '').split(':');
    if (Number(seq) === LAST_EVENT) waiting.get(id)?.();
  });
  const engine = createEmbeddedEngine({ db, registry, concurrency: 16 });
  await engine.start();
  return {
    async run() {
      const id = randomUUID();
      const ended = new Promise((resolve) => waiting.set(id, resolve));
      const startedBy = { kind: 'partner', id: partner.id, label: 'Bench' };
      const run = {
        id,
        owner: { partnerId: partner.id },
        plan,
        subjectId: randomUUID(),
        input: {},
        startedBy,
      };
      await createOrReuseRun(sqlOfPool(db.pool), run);
      engine.poke(id);
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
  const folder = path.join(tmpdir(), `gangway-bench-dbos-${DBOS_VERSION}`);
  if (!existsSync(path.join(folder, 'node_modules/@dbos-inc'))) {
    await mkdir(folder, { recursive: true });
    const install = [
      'install',
      '--prefix',
      folder,
      '--no-audit',
      '--no-fund',
      `@dbos-inc/dbos-sdk@${DBOS_VERSION}`,
    ];
    execFileSync('npm', install, { stdio: 'ignore' });
  }
  const entry = createRequire(path.join(folder, 'package.json')).resolve('@dbos-inc/dbos-sdk');
  const { DBOS } = await import(pathToFileURL(entry).href);
  const system = new URL(url);
  system.pathname = '/bench_dbos';
  DBOS.setConfig({ name: 'bench', systemDatabaseUrl: system.href, runAdminServer: false, logLevel: 'error' });
  const workflow = DBOS.registerWorkflow(
    async () => {
      for (const name of ['one', 'two', 'three', 'four'])
        await DBOS.runStep(() => Promise.resolve(null), { name });
    },
    { name: 'four' },
  );
  await DBOS.launch();
  return { run: () => workflow(), stop: () => DBOS.shutdown() };
}
