import { startPostgres } from './database.mjs';
import { openRuns } from './runs.mjs';
import { interleave, toRow } from './statistics.mjs';
import { runsPerSecond, startWorker, STEP_MS, withTemporal } from './workers.mjs';

/** Runs of a round. */
const RUNS = 60;

/** P17: runs of four steps that wait like a call to Microsoft, by one worker on Temporal against one of the embedded engine. */
export default function measureTemporal() {
  return withTemporal(async (address) => {
    const onTemporal = await openEngine(address);
    const embedded = await openEngine();
    try {
      await onTemporal.round();
      await embedded.round();
      const measure = `runs/s of one worker, steps of ${STEP_MS} ms: Temporal / embedded engine`;
      const values = await interleave(5, onTemporal.round, embedded.round);
      return [toRow({ id: 'P17', measure, pass: '≥ 0.5' }, values)];
    } finally {
      await onTemporal.stop();
      await embedded.stop();
    }
  });
}

/** A worker on a PostgreSQL of its own. */
async function openEngine(...temporal) {
  const postgres = await startPostgres();
  const runs = await openRuns(postgres.url);
  const worker = await startWorker(postgres.url, STEP_MS, ...temporal);
  return {
    round: () => runsPerSecond(runs, RUNS),
    async stop() {
      await worker.stop();
      await runs.close();
      await postgres.stop();
    },
  };
}
