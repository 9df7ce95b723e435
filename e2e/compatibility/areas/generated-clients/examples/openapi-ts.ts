import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { client } from './gangway/client.gen.js';
import {
  operationRunsGet,
  tenantsBulk,
  tenantsCreate,
  tenantsGet,
  tenantsList,
  tenantsUpdate,
  type Tenant,
  type TenantCreatedEvent,
} from './gangway/index.js';

const { GANGWAY_URL = '', GANGWAY_API_KEY = '', TENANT_EMAIL: email = '', WEBHOOK_BODY = '' } = process.env;
client.setConfig({ baseUrl: GANGWAY_URL, auth: GANGWAY_API_KEY });
const throwOnError = true;

const { data: created } = await tenantsCreate({
  body: { client_name: 'Contoso', email, phone_number: '+49 171 1234567' },
  headers: { 'Idempotency-Key': `create-${email}` },
  throwOnError,
});
const path = { id: created.tenant };

const readRun = () => operationRunsGet({ path: { id: created.operation_run_id ?? '' }, throwOnError });
let { data: run } = await readRun();
while (run.finished_at === null) {
  await sleep(200);
  ({ data: run } = await readRun());
}
console.log('run', run.status);

// null clears a field; a field that is not named stays as it is.
await tenantsUpdate({ path, body: { phone_number: null }, throwOnError });

// What was read can be sent back.
const { data: read } = await tenantsGet({ path, throwOnError });
await tenantsUpdate({ path, body: { ...read, client_name: 'Contoso Ltd' }, throwOnError });

const rows = [1, 2].map((n) => ({ client_name: `Branch ${n}`, email: `${n}.${email}` }));
const { data: bulk } = await tenantsBulk({ body: rows, throwOnError });
console.log('bulk', bulk.accepted);

const found: Tenant[] = [];
let cursor: string | undefined;
do {
  const query = { q: email, limit: 2, ...(cursor && { cursor }) };
  const { data: page } = await tenantsList({ query, throwOnError });
  found.push(...page.items);
  cursor = page.next_cursor ?? undefined;
} while (cursor);
console.log('list', found.length);

// Without throwOnError the problem is part of what the call gives.
const { error } = await tenantsCreate({ body: { client_name: 'Contoso', email } });
console.log('duplicate', error?.reason_code, error?.existing_id === created.tenant);

// The body of a webhook, once its signature is verified.
const event = JSON.parse(await readFile(WEBHOOK_BODY, 'utf8')) as TenantCreatedEvent;
console.log('event', event.type, event.data.tenant);
