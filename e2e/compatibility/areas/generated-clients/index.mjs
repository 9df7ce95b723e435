// Clients that generators make of the OpenAPI document: generated, compiled where the language does, and run by an example
// against a running server.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { callApi } from '../../lib/call-api.mjs';
import { PUBLIC_HOST, startWithPublicHost } from '../../lib/public-host.mjs';
import { CLIENTS } from './clients.mjs';

const checked =
  'generated and compiled; a tenant created, its run followed, a phone number cleared by null, a tenant sent back as it was read, a bulk, a paged list, a problem, the body of a webhook';

export async function* check(context) {
  const asked = CLIENTS.filter(({ name, version }) => context.wants(name, version));
  if (asked.length === 0) return;
  const server = await startWithPublicHost(context);
  const webhookBody = await recordWebhookBody(context, server);
  for (const { name, version, prepare } of asked)
    yield await context.attempt({ name, version, checked }, async () => {
      const folder = await context.newFolder(`${name} ${version}`.replaceAll(/[^\w.]+/g, '-'));
      const document = path.join(folder, 'openapi.json');
      const response = await fetch(`${server.url}/api/openapi.json`);
      await writeFile(document, await response.text());
      const [command, ...args] = await prepare(context, { folder, document, version });
      await runExample(context, server, webhookBody, { folder, command, args });
    });
}

/** Runs an example, and looks at what it printed and at what the server then has. */
async function runExample(context, server, webhookBody, { folder, command, args }) {
  const email = `${path.basename(folder).toLowerCase()}@contoso.example`;
  const { stdout } = await context.run(command, args, {
    cwd: folder,
    env: {
      GANGWAY_URL: server.url,
      GANGWAY_API_KEY: server.apiKey,
      TENANT_EMAIL: email,
      WEBHOOK_BODY: webhookBody.file,
    },
  });
  assert.deepEqual(stdout.trim().toLowerCase().split('\n'), [
    'run succeeded',
    'bulk 2',
    'list 3',
    'duplicate tenant.duplicate true',
    `event tenant.created ${webhookBody.tenant}`,
  ]);
  const { items } = await callApi(server, 'GET', `/tenants?q=${encodeURIComponent(email)}`);
  const found = Object.fromEntries(items.map((tenant) => [tenant.email, tenant]));
  const { client_name: name, phone_number: phone, status } = found[email];
  assert.deepEqual({ name, phone, status }, { name: 'Contoso Ltd', phone: null, status: 'active' });
  assert.deepEqual(
    [1, 2].map((n) => found[`${n}.${email}`]?.client_name),
    ['Branch 1', 'Branch 2'],
  );
}

/** A file with what the server posts when a tenant is ready, and the id of that tenant. */
async function recordWebhookBody(context, server) {
  const receiver = createServer();
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  context.onClose(() => receiver.close());
  const webhook = await callApi(server, 'POST', '/webhooks', {
    url: `http://${PUBLIC_HOST}:${receiver.address().port}/`,
    events: ['tenant.created'],
  });
  const delivered = once(receiver, 'request', { signal: AbortSignal.timeout(120_000) });
  const email = 'recorded@contoso.example';
  const { tenant } = await callApi(server, 'POST', '/tenants', { client_name: 'Contoso', email });
  const [request, response] = await delivered;
  const body = await text(request);
  response.writeHead(204, { connection: 'close' }).end();
  await callApi(server, 'DELETE', `/webhooks/${webhook.id}`);
  const file = path.join(context.folder, 'webhook.json');
  await writeFile(file, body);
  return { file, tenant };
}
