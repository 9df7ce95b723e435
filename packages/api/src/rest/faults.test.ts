import { randomUUID } from 'node:crypto';
import { readTestServer, runOnServer } from '@gangway/db/test-database';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { DOCUMENTED, recordAnswers } from './test-documented.js';
import { startTestPartnerApi, type PartnerAnswer, type TestPartnerApi } from './test-partner-api.js';

let api: TestPartnerApi;
afterEach(() => api.close());

/** Asks every operation of the document, and gives what each answered. */
async function askAll(): Promise<{ name: string; answer: PartnerAnswer }[]> {
  const { call, missing } = recordAnswers(api);
  const answers: { name: string; answer: PartnerAnswer }[] = [];
  for (const { name, method, path } of DOCUMENTED) {
    const address = path.replace(/\{\w+\}/, randomUUID());
    const isForm = name === 'oauth.token';
    const body = isForm ? 'grant_type=client_credentials&client_id=a&client_secret=b' : {};
    const answer = await call(name, method, address, {
      ...(method === 'GET' ? {} : { body }),
      ...(isForm ? { token: null, headers: { 'content-type': 'application/x-www-form-urlencoded' } } : {}),
    });
    answers.push({ name, answer });
  }
  expect(answers).toHaveLength(DOCUMENTED.length);
  expect(missing()).not.toEqual([]);
  return answers;
}

test('what nobody expected is a 500 with a request id and nothing else, wherever it happens', async () => {
  api = await startTestPartnerApi({ withoutEngine: true });
  await runOnDatabase(api.ownerUrl, 'ALTER TABLE api_keys RENAME COLUMN prefix TO gone');
  await runOnDatabase(api.ownerUrl, 'ALTER TABLE partner_clients RENAME COLUMN client_id TO gone');
  for (const { name, answer } of await askAll()) {
    expect([name, answer.status]).toEqual([name, 500]);
    expect(answer.body).toEqual({
      type: 'urn:gangway:reason:internal.error',
      title: 'Something unexpected went wrong',
      status: 500,
      detail: expect.stringContaining('request ID') as unknown,
      reason_code: 'internal.error',
      request_id: expect.stringMatching(/^request-\d+$/) as unknown,
    });
  }
  expect(api.unexpected).toHaveLength(DOCUMENTED.length);
});

test('what is stored and makes no sense is a fault of ours and no bad request', async () => {
  api = await startTestPartnerApi({ withoutEngine: true });
  const { prisma } = api.app.db;
  const [kept, failed] = await Promise.all(
    ['kept', 'failed'].map((name) =>
      api.call('POST', '/api/provisioning/tenants', {
        body: { client_name: name, email: `${name}@example.com` },
        headers: { 'idempotency-key': name },
      }),
    ),
  );
  const { id } = await prisma.apiKey.findFirstOrThrow();
  await prisma.apiKey.update({ where: { id }, data: { roles: ['partner-admin', 'nonsense'] } });
  await prisma.tenant.delete({ where: { tenant: String(failed?.body['tenant']) } });
  const run = { id: String(failed?.body['operation_run_id']) };
  await prisma.operationRun.update({ where: run, data: { status: 'failed', input: { tenantName: 7 } } });
  await prisma.idempotencyKey.updateMany({ data: { body: { nonsense: true } } });
  const answers = [
    await api.call('GET', `/api/provisioning/api-keys/${id}`),
    await api.call('GET', `/api/provisioning/tenants/${String(failed?.body['tenant'])}`),
    await api.call('POST', '/api/provisioning/tenants', {
      body: { client_name: 'kept', email: 'kept@example.com' },
      headers: { 'idempotency-key': 'kept' },
    }),
  ];
  expect(kept?.status).toBe(201);
  for (const { status, body } of answers) {
    expect([status, body['reason_code'], body['errors']]).toEqual([500, 'internal.error', undefined]);
    expect(body['request_id']).toMatch(/^request-\d+$/);
  }
  expect(api.unexpected).toHaveLength(answers.length);
});

/** Lets the rows whose name says so fail, each with the state that it names. */
const FAILING_ROWS = `
  CREATE FUNCTION fail_row() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'as the test asks' USING ERRCODE = NEW.company_name; END $$;
  CREATE TRIGGER fail_row BEFORE INSERT ON tenants FOR EACH ROW WHEN (NEW.company_name ~ '^[0-9A-Z]{5}$') EXECUTE FUNCTION fail_row()`;
const createBulk = (names: readonly string[]) =>
  api.call('POST', '/api/provisioning/tenants/bulk', {
    body: names.map((name, index) => ({ client_name: name, email: `row${index}@bulk.example` })),
  });

test('a row of a bulk request that fails as nobody expected stops no other, and is told to the log alone', async () => {
  api = await startTestPartnerApi({ withoutEngine: true });
  await runOnDatabase(api.ownerUrl, FAILING_ROWS);
  const { status, body } = await createBulk(['First', 'XX000', 'Third', 'Fourth', 'Fifth', 'Sixth']);
  expect([status, body['accepted'], body['refused']]).toEqual([202, 5, 1]);
  expect((body['items'] as unknown[])[1]).toEqual({
    ...{ row: 2, status: 'refused', tenant: null, operation_run_id: null },
    ...{ reason_code: 'internal.error', errors: [] },
  });
  expect(api.unexpected).toHaveLength(1);
});

test('a bulk request that was answered goes on in no corner', async () => {
  api = await startTestPartnerApi({ withoutEngine: true });
  await runOnDatabase(api.ownerUrl, FAILING_ROWS);
  const rows = Array.from({ length: 300 }, (_, index) => (index === 8 ? '57P03' : `Row ${index}`));
  const count = () => api.app.db.prisma.tenant.count({ where: { email: { endsWith: '@bulk.example' } } });
  const { status, body } = await createBulk(rows);
  expect([status, body['reason_code']]).toEqual([503, 'database.unavailable']);
  const made = await count();
  expect(made).toBeLessThan(150);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await count()).toBe(made);
});

test('a database that is away is a 503 with Retry-After, wherever it is missed', async () => {
  api = await startTestPartnerApi({ withoutEngine: true });
  const name = new URL(api.ownerUrl).pathname.slice(1);
  await runOnServer(readTestServer(), `ALTER DATABASE ${name} CONNECTION LIMIT 0`);
  await runOnServer(
    readTestServer(),
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  );
  for (const { name: asked, answer } of await askAll()) {
    expect([asked, answer.status, answer.body['reason_code']]).toEqual([asked, 503, 'database.unavailable']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect(api.unexpected).toEqual([]);
});

async function runOnDatabase(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
