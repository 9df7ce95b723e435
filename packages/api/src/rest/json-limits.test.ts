import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openPartnerApi } from './test-open-partner-api.js';
import { DEMO_KEY } from './test-partner-api.js';

const api = await openPartnerApi({ withoutEngine: true });
const keys = (count: number) =>
  Array.from({ length: count }, (_, index) => `"key${index}":${index}`).join(',');
const create = (body: string, headers: Record<string, string> = {}) =>
  api.call('POST', '/api/provisioning/tenants', { body, headers });

test('a crowd of keys is refused as such, and fewer are named, twenty at most', async () => {
  const crowd = await create(`{${keys(60_000)}}`);
  expect([crowd.status, crowd.body['reason_code'], crowd.body['errors']]).toEqual([
    400,
    'validation.failed',
    [{ field: '', message: 'Must have at most 10000 values' }],
  ]);
  const fewer = await create(`{${keys(9_000)}}`);
  expect([fewer.status, fewer.body['errors']]).toMatchObject([400, { length: 20 }]);
  expect(fewer.text.length).toBeLessThan(3_000);
});

test('a list that is much too long costs no error for each entry', async () => {
  const body = { name: 'Key', permissions: Array.from({ length: 9_000 }, () => 'nonsense') };
  const answer = await api.call('POST', '/api/provisioning/api-keys', { body });
  expect([answer.status, answer.body['errors']]).toMatchObject([400, { length: 20 }]);
});

test('depth is refused before anything looks into it', async () => {
  for (const depth of [65, 100_000]) {
    const answer = await create(`{"admin_user":${'['.repeat(depth)}${']'.repeat(depth)}}`);
    expect(answer.status).toBe(400);
  }
});

test('JSON is in UTF-8', async () => {
  const headers = (charset: string) => ({ 'content-type': `application/json; charset=${charset}` });
  expect((await create('{"client_name":"A"}', headers('utf-8'))).status).toBe(400);
  expect((await create('{"client_name":"A"}', headers('utf-16'))).status).toBe(415);
  expect((await create('{"client_name":"A"}', headers('iso-8859-1'))).status).toBe(415);
});

test.each([
  ['/api/provisioning/tenants', 'application/json', `{"client_name":"${'x'.repeat(2 ** 20)}"}`],
  ['/api/oauth/token', 'application/x-www-form-urlencoded', `grant_type=${'x'.repeat(20_000)}`],
])('what a packed body of %s unpacks to is counted', async (path, type, body) => {
  const response = await fetch(`${api.base}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${DEMO_KEY}`, 'content-type': type, 'content-encoding': 'gzip' },
    body: new Uint8Array(gzipSync(body)),
  });
  expect(response.status).toBe(413);
});

test('the input of a query that is nothing but depth or a crowd is refused like any other', async () => {
  for (const input of [`${'['.repeat(2_000)}${']'.repeat(2_000)}`, `{${keys(300)}}`]) {
    const answer = await api.call(
      'GET',
      `/trpc/provisioning.tenants.list?input=${encodeURIComponent(input)}`,
    );
    expect(answer.status).toBe(400);
    expect(answer.text.length).toBeLessThan(3_000);
  }
});
