import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { createDatabase } from '../../packages/db/dist/client.js';
import { createEmbeddedEngine } from '../../packages/engine/dist/embedded/engine.js';
import { logStatements, ownerUrlOf, riseOf } from './database.mjs';
import { FOUR_STEPS, registryOf } from './four-steps.mjs';
import { signIn, startGangway, startHello } from './servers.mjs';
import { interleave, toRow } from './statistics.mjs';

const WATCHERS = 1_000;
/** The end of a step is told by two events, this is the second of each of the four steps. */
const STEP_ENDS = [5, 7, 9, 11];

/**
 * P9: a thousand event streams of one run, open at once: from the end of a step in a worker to the last of them that
 * hears of it, against as many events over plain tRPC; and the SQL statements of a step with a thousand watchers and with one.
 */
export default async function measureWatchers() {
  const [gangway, hello] = [await startGangway({ ROLE: 'api' }), await startHello()];
  const worker = await startWorker(await ownerUrlOf(gangway.dataDir));
  const cookie = await signIn(gangway.url);
  const watchRun = async (count) => {
    const run = await worker.queue();
    const input = JSON.stringify({ workspaceId: worker.workspaceId, operationRunId: run.id });
    const url = `${gangway.url}/trpc/operations.watch?${new URLSearchParams({ input }).toString()}`;
    return { run, crowd: await openCrowd(count, url, { cookie }) };
  };
  try {
    const told = await openCrowd(WATCHERS, `${hello.url}/trpc/watch`, {});
    let seq = 0;
    const headers = { 'content-type': 'application/json' };
    const tell = () => fetch(`${hello.url}/trpc/tell`, { method: 'POST', headers, body: '{}' });
    const theirs = () => told.timeUntilAllHave((seq += 2), tell);
    let watched = await watchRun(WATCHERS);
    let ended = 0;
    const ours = async () => {
      if (ended === STEP_ENDS.length) {
        watched.crowd.close();
        watched = await watchRun(WATCHERS);
        ended = 0;
      }
      return watched.crowd.timeUntilAllHave(STEP_ENDS[ended++], watched.run.endStep);
    };
    await ours();
    await theirs();
    const measure = `from the end of a step to the last of ${WATCHERS} watchers / plain tRPC`;
    const values = await interleave(5, ours, theirs);
    const time = toRow({ id: 'P9', measure, pass: '≤ 1.5', unit: ' ms', digits: 0 }, values);
    watched.crowd.close();
    told.close();
    return [time, await compareStatements(gangway.dataDir, watchRun)];
  } finally {
    await worker.stop();
    await gangway.stop();
    await hello.stop();
  }
}

async function compareStatements(dataDir, watchRun) {
  const log = await logStatements(dataDir);
  const perStep = async (count) => {
    const { run, crowd } = await watchRun(count);
    const rise = await riseOf(log.statements, async () => {
      for (const seq of STEP_ENDS) await crowd.timeUntilAllHave(seq, run.endStep);
    });
    crowd.close();
    return rise / STEP_ENDS.length;
  };
  const [many, one] = [await perStep(WATCHERS), await perStep(1)];
  await log.stop();
  return {
    id: 'P9',
    measure: `SQL statements per step of a run with ${WATCHERS} watchers / with 1`,
    ours: many.toFixed(1),
    theirs: one.toFixed(1),
    ratio: many / one,
    pass: '1',
  };
}

/** An embedded engine in this process, whose steps end when they are told to. */
async function startWorker(url) {
  const db = createDatabase({ url, poolMax: 5 });
  const { id: workspaceId } = await db.prisma.workspace.findUniqueOrThrow({ where: { slug: 'acme' } });
  const ends = new Map();
  const effect = ({ run }) => new Promise((resolve) => ends.set(run.id, () => resolve(null)));
  const engine = createEmbeddedEngine({ db, registry: registryOf(effect) });
  await engine.start();
  const endStep = async (id) => {
    while (!ends.has(id)) await new Promise((resolve) => setImmediate(resolve));
    const end = ends.get(id);
    ends.delete(id);
    end();
  };
  return {
    workspaceId,
    async queue() {
      const id = randomUUID();
      const startedBy = { kind: 'user', id: randomUUID(), label: 'Bench' };
      const run = { id, owner: { workspaceId }, plan: FOUR_STEPS, subjectId: id, input: {}, startedBy };
      await engine.create(run);
      return { id, endStep: () => endStep(id) };
    },
    async stop() {
      await engine.stop();
      await db.close();
    },
  };
}

/** Opens streams of server-sent events; gives how long it takes until each of them has heard of an event. */
async function openCrowd(count, url, headers) {
  const agent = new http.Agent({ maxSockets: Infinity });
  let isHeard = () => undefined;
  const watchers = Array.from({ length: count }, () => ({ seq: 0 }));
  const open = (watcher) =>
    new Promise((resolve, reject) => {
      const request = http.get(url, { headers, agent }, (response) => {
        if (response.statusCode !== 200) return reject(new Error(`${url}: ${response.statusCode}`));
        resolve();
        response.on('error', () => undefined);
        response.on('data', (chunk) => {
          for (const [, seq] of chunk.toString().matchAll(/^id: (\d+)$/gm)) watcher.seq = Number(seq);
          isHeard();
        });
      });
      request.once('error', reject);
    });
  for (let at = 0; at < count; at += 50) await Promise.all(watchers.slice(at, at + 50).map(open));
  return {
    timeUntilAllHave(seq, cause) {
      const started = performance.now();
      const all = new Promise((resolve) => {
        isHeard = () =>
          watchers.every((watcher) => watcher.seq >= seq) && resolve(performance.now() - started);
      });
      return Promise.all([all, cause()]).then(([time]) => time);
    },
    close: () => agent.destroy(),
  };
}
