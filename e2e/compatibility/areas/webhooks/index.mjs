// Libraries that verify webhooks, each in a receiver of its language, with what a running server delivers to it.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { callApi } from '../../lib/call-api.mjs';
import { PUBLIC_HOST, startWithPublicHost } from '../../lib/public-host.mjs';
import { startProgram } from '../../lib/start-program.mjs';
import { RECEIVERS } from './receivers.mjs';
import { createRecorder } from './recorder.mjs';

const checked =
  'a delivery is verified, a changed one is not; two signatures while the secret is rotated, with either secret';

export async function* check(context) {
  const asked = RECEIVERS.filter(({ name, version }) => context.wants(name, version));
  if (asked.length === 0) return;
  const server = await startWithPublicHost(context);
  for (const { name, version, ...receiver } of asked)
    yield await context.attempt({ name, version, checked }, async () =>
      tryReceiver(context, server, await receiver.prepare(context)),
    );
}

async function tryReceiver(context, server, command) {
  const port = await context.findFreePort();
  const recorder = await createRecorder(context, port);
  const call = (method, where, body) => callApi(server, method, where, body);
  const webhook = await call('POST', '/webhooks', {
    url: `http://${PUBLIC_HOST}:${recorder.port}/`,
    events: ['tenant.created', 'operation_run.finished'],
  });
  const program = await startReceiver(context, command, recorder, { port, secret: webhook.secret });

  const email = `tenant-${port}@contoso.example`;
  await call('POST', '/tenants', { client_name: 'Contoso & Söhne', email });
  const printed = [await program.nextLine(), await program.nextLine()];
  const kinds = printed.map((line) => line.split(' ')[0]).toSorted();
  assert.deepEqual(kinds, ['operation_run.finished', 'tenant.created']);
  await waitForDeliveries(recorder, 2);
  await tryChanges(recorder);
  assert.ok(printed.includes(await program.nextLine())); // the one that was posted again

  // While a secret is rotated a delivery has two signatures, and either secret verifies it.
  const { secret } = await call('POST', `/webhooks/${webhook.id}/rotate-secret`, { overlap_hours: 1 });
  await call('POST', `/webhooks/${webhook.id}/test`);
  assert.match(await program.nextLine(), /^operation_run\.finished /);
  await waitForDeliveries(recorder, 3);
  await program.stop();
  const next = await startReceiver(context, command, recorder, { port, secret });
  await call('POST', `/webhooks/${webhook.id}/test`);
  assert.match(await next.nextLine(), /^operation_run\.finished /);
  await waitForDeliveries(recorder, 4);
  await next.stop();
  const signatures = recorder.deliveries.map(({ headers }) => headers['webhook-signature'].split(' ').length);
  assert.deepEqual(signatures, [1, 1, 2, 2]);
  await call('DELETE', `/webhooks/${webhook.id}`);
}

/** What was delivered is taken again as it was; with anything in it changed it is not. */
async function tryChanges({ deliveries: [{ headers, body }], post }) {
  assert.equal(await post(headers, body), 204);
  const later = String(Number(headers['webhook-timestamp']) + 1);
  assert.equal(await post(headers, body.replace('"', ' "')), 401);
  assert.equal(await post({ ...headers, 'webhook-timestamp': later }, body), 401);
  assert.equal(await post({ ...headers, 'webhook-id': 'another' }, body), 401);
  assert.equal(await post({ ...headers, 'webhook-signature': 'v1,AAAA' }, body), 401);
}

/** Starts the receiver and waits until it answers, to a request without a signature. */
async function startReceiver(context, [command, ...args], { post }, { port, secret }) {
  const env = { PORT: String(port), WEBHOOK_SECRET: secret };
  const program = startProgram(context, command, args, { env });
  for (const end = Date.now() + 120_000; Date.now() < end; await sleep(100)) {
    const status = await post({}, '{}').catch(() => null);
    if (status === null) continue;
    assert.equal(status, 401);
    return program;
  }
  throw new Error('The receiver does not answer');
}

async function waitForDeliveries({ deliveries }, count) {
  for (const end = Date.now() + 60_000; Date.now() < end && deliveries.length < count;) await sleep(50);
  assert.deepEqual(
    deliveries.map(({ status }) => status),
    Array(count).fill(204),
  );
}
