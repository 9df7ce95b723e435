import { fileURLToPath } from 'node:url';
import { startPostgres } from './database.mjs';
import { openRuns } from './runs.mjs';
import { start } from './servers.mjs';
import { toRow } from './statistics.mjs';

const WORKER = fileURLToPath(new URL('./engine-worker.mjs', import.meta.url));
/** As long as a step waits for its provider; the processor is free meanwhile. */
export const STEP_MS = 50;
/** Runs at once in a process, as the product has it. */
const AT_ONCE = 8;
const EMBEDDED = { name: 'embedded engine', runs: 60, counts: [1, 2, 4], stepMs: STEP_MS };
const TEMPORAL = { name: 'Temporal', runs: 30, counts: [1, 2], stepMs: STEP_MS };
/** With these, one worker waits for its steps and not for the processor, whatever else there is on the machine. */
const TEMPORAL_WAITING = { ...TEMPORAL, stepMs: 500, runs: 16 };

/**
 * P13: runs of four steps that wait like a call to Microsoft, executed by several worker processes on one PostgreSQL
 * against one; and the same by workers on a Temporal server, where there is one.
 */
export default async function measureWorkers() {
  return [
    ...(await measureEngine(EMBEDDED)),
    ...(await withTemporal(async (address) => [
      ...(await measureEngine(TEMPORAL, address)),
      ...(await measureEngine(TEMPORAL_WAITING, address)),
    ])),
  ];
}

/** Gives what `measure` gives with the address of a Temporal server; nothing where there is none. */
export async function withTemporal(measure) {
  const { findTemporal, startTemporal } =
    await import('../../packages/engine/dist/testing/temporal-server.js');
  if (!findTemporal()) {
    console.log('  Temporal is left out: there is no `temporal` on the PATH and no TEMPORAL_ADDRESS.');
    return [];
  }
  const temporal = await startTemporal();
  try {
    return await measure(temporal.address);
  } finally {
    await temporal.stop();
  }
}

/** A worker process on this database: of Temporal, if its address is given, or of the embedded engine. */
export function startWorker(url, stepMs, ...temporal) {
  return start(WORKER, {}, /ready/, [url, String(AT_ONCE), String(stepMs), ...temporal]);
}

async function measureEngine({ name, runs: perProcess, counts, stepMs }, ...temporal) {
  const postgres = await startPostgres();
  const runs = await openRuns(postgres.url);
  const values = new Map(counts.map((count) => [count, []]));
  try {
    for (let round = 0; round < 5; round += 1) {
      const workers = [];
      for (const count of counts) {
        while (workers.length < count) workers.push(await startWorker(postgres.url, stepMs, ...temporal));
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
    const measure = `${name}: runs/s of ${count} worker processes / of 1, steps of ${stepMs} ms`;
    const pass = temporal.length > 0 ? '≥ 1.5' : `grows, ${count} at best`;
    return toRow({ id: 'P13', measure, pass }, { a: values.get(count), b: values.get(1) });
  });
}

/** Queues so many runs, and gives how many of them a second are executed. */
export async function runsPerSecond(runs, count) {
  const started = performance.now();
  await Promise.all(Array.from({ length: count }, () => runs.queue()));
  await runs.until(`status IN ('queued', 'running')`, 0);
  return (count * 1000) / (performance.now() - started);
}
