import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startPostgres } from './database.mjs';
import { openRuns } from './runs.mjs';
import { start } from './servers.mjs';
import { median, spread } from './statistics.mjs';

const RUNS = 200;
const WORKER = fileURLToPath(new URL('./engine-worker.mjs', import.meta.url));

/**
 * P11: what the resident memory of a worker process grows by for each run in flight, two hundred at once, each in the
 * middle of a step. The worker has executed one before, so this counts the compiled code and the garbage too.
 */
export default async function measureRunMemory() {
  const postgres = await startPostgres();
  const runs = await openRuns(postgres.url);
  const values = [];
  try {
    for (let round = 0; round < 5; round += 1) values.push(await megabytesPerRun(postgres.url, runs));
  } finally {
    await runs.close();
    await postgres.stop();
  }
  return {
    id: 'P11',
    measure: `memory of a run in flight, MB of RSS, ${RUNS} at once / 1 MB`,
    ours: spread(values, 3),
    theirs: '1',
    ratio: median(values),
    pass: '≤ 1',
  };
}

async function megabytesPerRun(url, runs) {
  const worker = await start(WORKER, {}, /ready/, [url, String(RUNS), '0']);
  const queue = (count, input) => Promise.all(Array.from({ length: count }, () => runs.queue(input)));
  try {
    await queue(1, {});
    await runs.until(`status IN ('queued', 'running')`, 0);
    const before = await readMegabytes(worker);
    await queue(RUNS, { holds: true });
    await runs.until(`step = 'one' AND status = 'running'`, RUNS);
    return ((await readMegabytes(worker)) - before) / RUNS;
  } finally {
    await worker.kill();
    await runs.db.pool.query(`DELETE FROM operation_runs`);
  }
}

async function readMegabytes(worker) {
  await sleep(1_000);
  const printed = worker.told().length;
  process.kill(worker.pid, 'SIGUSR2');
  for (;;) {
    const found = /rss ([\d.]+)\n/.exec(worker.told().slice(printed));
    if (found) return Number(found[1]);
    await sleep(20);
  }
}
