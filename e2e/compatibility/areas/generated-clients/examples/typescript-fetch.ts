import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Configuration,
  OperationRunsApi,
  ProblemFromJSON,
  ResponseError,
  TenantCreatedEventFromJSON,
  TenantsApi,
  type Tenant,
} from './gangway/index.js';

const { GANGWAY_URL = '', GANGWAY_API_KEY = '', TENANT_EMAIL: email = '', WEBHOOK_BODY = '' } = process.env;
const configuration = new Configuration({ basePath: GANGWAY_URL, accessToken: GANGWAY_API_KEY });
const tenants = new TenantsApi(configuration);
const runs = new OperationRunsApi(configuration);

const created = await tenants.tenantsCreate({
  tenantInput: { clientName: 'Contoso', email, phoneNumber: '+49 171 1234567' },
  idempotencyKey: `create-${email}`,
});
const id = created.tenant;

let run = await runs.operationRunsGet({ id: created.operationRunId ?? '' });
while (run.finishedAt === null) {
  await sleep(200);
  run = await runs.operationRunsGet({ id: run.id });
}
console.log('run', run.status);

// null clears a field; a field that is not named stays as it is.
await tenants.tenantsUpdate({ id, tenantPatch: { phoneNumber: null } });

// What was read can be sent back.
const read = await tenants.tenantsGet({ id });
await tenants.tenantsUpdate({ id, tenantPatch: { ...read, clientName: 'Contoso Ltd' } });

const rows = [1, 2].map((n) => ({ clientName: `Branch ${n}`, email: `${n}.${email}` }));
const bulk = await tenants.tenantsBulk({ tenantInput: rows });
console.log('bulk', bulk.accepted);

const found: Tenant[] = [];
let cursor: string | undefined;
do {
  const page = await tenants.tenantsList({ q: email, limit: 2, ...(cursor && { cursor }) });
  found.push(...page.items);
  cursor = page.nextCursor ?? undefined;
} while (cursor);
console.log('list', found.length);

try {
  await tenants.tenantsCreate({ tenantInput: { clientName: 'Contoso', email } });
} catch (error) {
  if (!(error instanceof ResponseError)) throw error;
  const problem = ProblemFromJSON(await error.response.json());
  console.log('duplicate', problem.reasonCode, problem.existingId === id);
}

// The body of a webhook, once its signature is verified.
const event = TenantCreatedEventFromJSON(JSON.parse(await readFile(WEBHOOK_BODY, 'utf8')));
console.log('event', event.type, event.data.tenant);
