import { readTestServer, runOnServer } from '@gangway/db/test-database';
import { afterEach, expect, test } from 'vitest';
import { startTestPartnerApi, type TestPartnerApi } from './test-partner-api.js';

let api: TestPartnerApi;
afterEach(() => api.close());

test('what nobody expected is a 500 with a request id and nothing else', async () => {
  api = await startTestPartnerApi({ withoutEngine: true });
  const server = { ...readTestServer(), ownerUrl: api.ownerUrl };
  await runOnDatabase(server.ownerUrl, 'ALTER TABLE tenants RENAME COLUMN company_name TO gone');
  const answer = await api.call('GET', '/api/provisioning/tenants');
  expect(answer.status).toBe(500);
  expect(answer.body).toEqual({
    type: 'urn:gangway:reason:internal.error',
    title: 'Something unexpected went wrong',
    status: 500,
    detail: expect.stringContaining('request ID') as unknown,
    reason_code: 'internal.error',
    request_id: expect.stringMatching(/^request-\d+$/) as unknown,
  });
  expect(api.unexpected).toHaveLength(1);
});

test('a database that is away is a 503 with Retry-After', async () => {
  api = await startTestPartnerApi({ withoutEngine: true });
  const name = new URL(api.ownerUrl).pathname.slice(1);
  await runOnServer(readTestServer(), `ALTER DATABASE ${name} CONNECTION LIMIT 0`);
  await runOnServer(
    readTestServer(),
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  );
  const answer = await api.call('GET', '/api/provisioning/tenants');
  expect([answer.status, answer.body['reason_code']]).toEqual([503, 'database.unavailable']);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(api.unexpected).toEqual([]);
});

async function runOnDatabase(url: string, statement: string): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
