// What a partner's first program does with the typed client: type-checked by each TypeScript, run by each runtime.
import { createHmac, randomBytes } from 'node:crypto';
import process from 'node:process';
import {
  createGangwayClient,
  idempotencyKey,
  isGangwayError,
  listAll,
  verifyWebhook,
  waitForRun,
  watchRun,
} from '@gangway/client';

const [url = '', clientId = '', clientSecret = '', apiKey = '', email = ''] = process.argv.slice(2);
const input = { client_name: 'Compatibility', email };

// Access tokens of its own, a call that may be repeated, a run that is followed.
const { provisioning } = createGangwayClient({ url, clientId, clientSecret });
const created = await provisioning.tenants.create.mutate(input, idempotencyKey(`create-${email}`));
const client = createGangwayClient({ url, apiKey });
const run = await waitForRun(client, created.operation_run_id ?? '', { timeoutMs: 60_000 });
let lastEvent = '';
for await (const event of watchRun(client, run.id)) lastEvent = event.kind;

const listed: string[] = [];
for await (const tenant of listAll(client.provisioning.tenants.list, { q: email })) listed.push(tenant.email);

const refused: unknown = await client.provisioning.tenants.create
  .mutate(input)
  .catch((error: unknown) => error);
const existing = isGangwayError(refused, 'tenant.duplicate') ? refused.data.existingId : null;

console.log(
  JSON.stringify({
    status: run.status,
    lastEvent,
    listed,
    isSameTenant: existing === created.tenant,
    verified: receive(created.tenant),
  }),
);

/** Signs a delivery as a server does, and reads it as a receiver does. */
function receive(tenant: string): string {
  const key = randomBytes(24).toString('base64');
  const id = 'msg_1';
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const body = JSON.stringify({
    type: 'tenant.deleted',
    timestamp: new Date().toISOString(),
    data: { tenant },
  });
  const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(`${id}.${timestamp}.${body}`);
  const headers = new Headers({
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature.digest('base64')}`,
  });
  const event = verifyWebhook(`whsec_${key}`, headers, body);
  return event.type === 'tenant.deleted' && event.data.tenant === tenant ? event.type : '';
}
