import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import createClient from 'openapi-fetch';
import type { components, paths } from './gangway.js';

type Schemas = components['schemas'];

const { GANGWAY_URL = '', GANGWAY_API_KEY = '', TENANT_EMAIL: email = '', WEBHOOK_BODY = '' } = process.env;
const { GET, PATCH, POST } = createClient<paths>({
  baseUrl: GANGWAY_URL,
  headers: { authorization: `Bearer ${GANGWAY_API_KEY}` },
});
/** What a call answered, or its problem as an error. */
function dataOf<Data>({ data, error }: { data?: Data; error?: Schemas['Problem'] }): Data {
  if (error || data === undefined) throw new Error(error?.reason_code, { cause: error });
  return data;
}

const created = dataOf(
  await POST('/api/provisioning/tenants', {
    body: { client_name: 'Contoso', email, phone_number: '+49 171 1234567' },
    params: { header: { 'Idempotency-Key': `create-${email}` } },
  }),
);
const params = { path: { id: created.tenant } };

const readRun = async () =>
  dataOf(
    await GET('/api/provisioning/operation-runs/{id}', {
      params: { path: { id: created.operation_run_id ?? '' } },
    }),
  );
let run = await readRun();
while (run.finished_at === null) {
  await sleep(200);
  run = await readRun();
}
console.log('run', run.status);

// null clears a field; a field that is not named stays as it is.
dataOf(await PATCH('/api/provisioning/tenants/{id}', { params, body: { phone_number: null } }));

// What was read can be sent back.
const read = dataOf(await GET('/api/provisioning/tenants/{id}', { params }));
const body = { ...read, client_name: 'Contoso Ltd' };
dataOf(await PATCH('/api/provisioning/tenants/{id}', { params, body }));

const rows = [1, 2].map((n) => ({ client_name: `Branch ${n}`, email: `${n}.${email}` }));
const bulk = dataOf(await POST('/api/provisioning/tenants/bulk', { body: rows }));
console.log('bulk', bulk.accepted);

const found: Schemas['Tenant'][] = [];
let cursor: string | undefined;
do {
  const query = { q: email, limit: 2, ...(cursor && { cursor }) };
  const page = dataOf(await GET('/api/provisioning/tenants', { params: { query } }));
  found.push(...page.items);
  cursor = page.next_cursor ?? undefined;
} while (cursor);
console.log('list', found.length);

const { error } = await POST('/api/provisioning/tenants', { body: { client_name: 'Contoso', email } });
console.log('duplicate', error?.reason_code, error?.existing_id === created.tenant);

// The body of a webhook, once its signature is verified.
const event = JSON.parse(await readFile(WEBHOOK_BODY, 'utf8')) as Schemas['TenantCreatedEvent'];
console.log('event', event.type, event.data.tenant);
