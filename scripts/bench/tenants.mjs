import { exchange } from './load.mjs';

export const HEADERS = { authorization: 'Bearer gwk_demo_partner_admin' };
let made = 0;

/** Asks for one tenant as a partner does. Gives the id of its run, which is queued then. */
export async function queueTenant(url, more = {}) {
  return (await postTenant(url, more)).operation_run_id;
}

async function postTenant(url, more, headers = {}) {
  const email = `bench-${process.pid}-${(made += 1)}@bench.example`;
  const body = { client_name: `Bench ${made}`, email, ...more };
  const { text } = await exchange(`${url}/api/provisioning/tenants`, {
    method: 'POST',
    headers: { ...HEADERS, ...headers },
    body,
  });
  return JSON.parse(text);
}

/** Creates one tenant, and waits in the call until its run has succeeded. */
export async function createTenantAndWait(url, more) {
  const { operation_run: run } = await postTenant(url, more, { prefer: 'wait=60' });
  if (run?.status !== 'succeeded') throw new Error('Creation failed');
}

/** Creates one tenant, and waits until its run has succeeded, looking every `lookMs`. */
export async function createTenant(url, lookMs = 20) {
  await untilRun(url, await queueTenant(url), (run) => isDone(run), lookMs);
}

/** Creates one tenant, and follows the events of its run until it has succeeded. */
export async function createTenantAndWatch(url, more) {
  const id = await queueTenant(url, more);
  const { text } = await exchange(`${url}/api/provisioning/operation-runs/${id}/events`, {
    headers: HEADERS,
  });
  if (!/"status":"succeeded"/.test(text)) throw new Error('Creation failed');
}

/** Looks at a run every `lookMs` until it is as wanted. */
export async function untilRun(url, id, isWanted, lookMs = 20) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    const { text } = await exchange(`${url}/api/provisioning/operation-runs/${id}`, { headers: HEADERS });
    const run = JSON.parse(text);
    if (isWanted(run)) return;
  }
}

function isDone(run) {
  if (run.status === 'failed') throw new Error(`Creation failed: ${run.reason_code}`);
  return run.status === 'succeeded';
}

/** Rolls a parked run back, and waits until that is done. */
export async function rollBack(url, id) {
  const address = `${url}/api/provisioning/operation-runs/${id}/roll-back`;
  await exchange(address, { method: 'POST', headers: HEADERS, body: { dry_run: false } });
  await untilRun(url, id, (run) => run.reason_code === 'run.rolled_back', 1_500);
}
