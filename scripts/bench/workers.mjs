import { fileURLToPath } from 'node:url';
import { startPostgres } from './database.mjs';
import { openRuns } from './runs.mjs';
import { start } from './servers.mjs';
import { toRow } from './statistics.mjs';

const WORKER = fileURLToPath(new URL('./engine-worker.mjs', import.meta.url));
/** As long as a step waits for its provider; the processor is free meanwhile. */
const STEP_MS = 50;
/** Runs at once in a process, as the product has it. */
const AT_ONCE = 8;
const EMBEDDED = { id: 'P13', name: 'embedded engine', runs: 60, counts: [1, 2, 4] };
const TEMPORAL = { id: 'P13', name: 'Temporal', runs: 30, counts: [1, 2] };

/**
 * P13: runs of four steps that wait like a call to Microsoft, executed by several worker processes on one PostgreSQL
 * against one; and the same by workers on a Temporal server, where there is one.
 */
export default async function measureWorkers() {
  const { findTemporal, startTemporal } =
    await import('../../packages/engine/dist/testing/temporal-server.js');
  const rows = await measureEngine(EMBEDDED, []);
  if (!findTemporal()) {
    console.log('  Temporal is left out: there is no `temporal` on the PATH and no TEMPORAL_ADDRESS.');
    return rows;
  }
  const temporal = await startTemporal();
  try {
    return [...rows, ...(await measureEngine(TEMPORAL, [temporal.address]))];
  } finally {
    await temporal.stop();
  }
}

async function measureEngine({ id, name, runs: perProcess, counts }, more) {
  const postgres = await startPostgres();
  const runs = await openRuns(postgres.url);
  const args = [postgres.url, String(AT_ONCE), String(STEP_MS), ...more];
  const values = new Map(counts.map((count) => [count, []]));
  try {
    for (let round = 0; round < 5; round += 1) {
      const workers = [];
      for (const count of counts) {
        while (workers.length < count) workers.push(await start(WORKER, {}, /ready/, args));
        await runsPerSecond(runs, AT_ONCE * count);
        values.get(count).push(await runsPerSecond(runs, perProcess * count));
      }
      await Promise.all(workers.map((worker) => worker.stop()));
    }
  } finally {
    await runs.close();
    await postgres.stop();
  }
  return counts.slice(1).map((count) => {
    const measure = `${name}: runs/s of ${count} worker processes / of 1, steps of ${STEP_MS} ms`;
    const pass = `grows, ${count} at best`;
    return toRow({ id, measure, pass }, { a: values.get(count), b: values.get(1) });
  });
}

async function runsPerSecond(runs, count) {
  const started = performance.now();
  await Promise.all(Array.from({ length: count }, () => runs.queue()));
  await runs.until(`status IN ('queued', 'running')`, 0);
  return (count * 1000) / (performance.now() - started);
}
