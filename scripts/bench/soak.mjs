import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectDirectory, signInMember } from '../../apps/server/dist/testing/member-client.js';
import { exchange, perSecond } from './load.mjs';
import { makeFolder, signIn, startGangway } from './servers.mjs';
import { median } from './statistics.mjs';
import { createTenantAndWatch, HEADERS } from './tenants.mjs';

/** How many tenants are created; a twentieth as many verifications follow. */
const CREATIONS = Number(process.env.BENCH_CREATIONS ?? 20_000);
const EARLY = CREATIONS / 10;
const VERIFICATIONS = CREATIONS / 20;
/** The server believes that the receiver of its webhooks is there: it posts to public addresses only. */
const RECEIVER = '93.184.215.14';
const NETWORK = new URL('../../apps/server/dist/testing/public-network.js', import.meta.url);
const COLLECT = new URL('./collect-on-signal.mjs', import.meta.url);
const IDLE_MS = 15_000;

/**
 * P22: the resident memory of a server after many creations, each followed as an event stream and told to two webhooks,
 * and verifications, each followed too, against its memory after a tenth of the creations alone. Both once the garbage
 * is collected, and for the heap as well: how far V8 lets the heap grow before it collects is not what was kept.
 */
export default async function measureSoak() {
  const { folder, remove } = await makeFolder();
  const receiver = createServer((request, response) => {
    request.resume();
    response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const network = path.join(folder, 'network.json');
  await writeFile(network, JSON.stringify({ addresses: [RECEIVER], names: {} }));
  const gangway = await startGangway({
    NODE_OPTIONS: `--import=${NETWORK.href} --import=${COLLECT.href}`,
    TEST_NETWORK: network,
  });
  try {
    for (const where of ['created', 'finished'])
      await registerWebhook(gangway.url, `http://${RECEIVER}:${receiver.address().port}/${where}`);
    await createTenants(gangway.url, EARLY);
    const early = await idleMegabytes(gangway);
    await createTenants(gangway.url, CREATIONS - EARLY);
    await verify(gangway.url, VERIFICATIONS);
    const late = await idleMegabytes(gangway);
    const after = `after ${CREATIONS} creations and ${VERIFICATIONS} verifications / after ${EARLY} creations`;
    const toRow = (kind, measure) => ({
      id: 'P22',
      measure: `${measure} ${after}`,
      ours: late[kind].toFixed(0),
      theirs: early[kind].toFixed(0),
      ratio: late[kind] / early[kind],
      pass: '≤ 1.2',
    });
    return [toRow('rss', 'MB of RSS'), toRow('heap', 'MB of heap')];
  } finally {
    await gangway.stop();
    receiver.close();
    await remove();
  }
}

async function registerWebhook(url, target) {
  const events = ['tenant.created', 'operation_run.finished'];
  await exchange(`${url}/api/provisioning/webhooks`, {
    method: 'POST',
    headers: HEADERS,
    body: { url: target, events },
  });
}

/** One in twenty with a password, the others with a link to set one: a hash takes longer than all the rest. */
async function createTenants(url, count) {
  let made = 0;
  await perSecond(count, 8, () =>
    createTenantAndWatch(url, (made += 1) % 20 === 0 ? {} : { credential_delivery: 'setup_link' }),
  );
}

/** Verifications of one managed tenant of the sandbox, one after the other, each followed in the browser's way. */
async function verify(url, count) {
  const member = await signInMember(() => url);
  const cookie = await signIn(url);
  const { onboardingSessionId } = await connectDirectory(member, 'healthy.sandbox.example', 'sandbox-secret');
  for (let round = 0; round < count; round += 1) {
    const { operationRunId } = await member.mutate('onboarding.startVerification', { onboardingSessionId });
    const input = JSON.stringify({ workspaceId: member.workspaceId, operationRunId });
    await exchange(`${url}/trpc/operations.watch?${new URLSearchParams({ input })}`, { headers: { cookie } });
  }
}

/** When mails and webhooks are out and nothing is asked any more: the medians of five collections, in megabytes. */
async function idleMegabytes({ pid, told }) {
  await sleep(IDLE_MS);
  const read = async () => {
    const printed = told().length;
    process.kill(pid, 'SIGUSR2');
    for (;;) {
      const found = /rss ([\d.]+) heap ([\d.]+)\n/.exec(told().slice(printed));
      if (found) return { rss: Number(found[1]), heap: Number(found[2]) };
      await sleep(20);
    }
  };
  const readings = [];
  for (let round = 0; round < 5; round += 1) readings.push(await read());
  return {
    rss: median(readings.map(({ rss }) => rss)),
    heap: median(readings.map(({ heap }) => heap)),
  };
}
