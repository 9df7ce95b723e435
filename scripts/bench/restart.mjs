import { setTimeout as sleep } from 'node:timers/promises';
import { connectOwner } from './database.mjs';
import { makeFolder, startGangway } from './servers.mjs';
import { toRow } from './statistics.mjs';
import { queueTenant } from './tenants.mjs';

const RUNS = 20;
const UNFINISHED = `SELECT count(*)::int AS n FROM operation_runs WHERE status IN ('queued', 'running')`;
/**
 * P12: a server is killed in the middle of its runs and started again on the same directory: from the start until every
 * run is done, against a start with nothing to do.
 */
export default async function measureRestart() {
  const { folder, remove } = await makeFolder();
  const values = { a: [], b: [] };
  try {
    await (await startGangway({}, folder)).stop();
    for (let round = 0; round < 5; round += 1) {
      values.a.push(await timeRecovery(folder));
      values.b.push(await timePlainStart(folder));
    }
  } finally {
    await remove();
  }
  const measure = `kill -9, then start: until all ${RUNS} runs are done / plain start`;
  return toRow({ id: 'P12', measure, pass: '≤ 3', unit: ' ms', digits: 0 }, values);
}

async function timePlainStart(folder) {
  const started = performance.now();
  const gangway = await startGangway({}, folder);
  const ms = performance.now() - started;
  await gangway.stop();
  return ms;
}

async function timeRecovery(folder) {
  const crashed = await startGangway({ FAULT: 'tenant.create.sending_welcome_email.before:hang' }, folder);
  await Promise.all(Array.from({ length: RUNS }, () => queueTenant(crashed.url)));
  await sleep(2_000);
  await crashed.kill();
  const owner = await connectOwner(folder);
  const started = performance.now();
  const recovered = await startGangway({}, folder);
  while ((await owner.query(UNFINISHED)).rows[0].n > 0) await sleep(10);
  const ms = performance.now() - started;
  await owner.end();
  await recovered.stop();
  return ms;
}
