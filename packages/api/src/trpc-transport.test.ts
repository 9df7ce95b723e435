import { DEMO_PASSWORD } from '@gangway/domain/demo/seed-demo';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './test-api.js';

let api: TestApi;
const unexpected: unknown[] = [];
beforeAll(async () => {
  api = await startTestApi({ onUnexpected: (error) => unexpected.push(error) });
});
afterAll(() => api.close());

const json = { 'content-type': 'application/json' };

test.each([{ 'trpc-accept': 'application/jsonl' }, { accept: 'text/html, application/jsonl' }])(
  'sets the session cookie where a batch is asked for as a stream: %o',
  async (headers) => {
    const body = JSON.stringify({ 0: { email: 'operator@acme.example', password: DEMO_PASSWORD } });
    const url = `${api.base}/auth.signIn?batch=1`;
    const response = await fetch(url, { method: 'POST', headers: { ...json, ...headers }, body });
    expect(await response.json()).toMatchObject([{ result: { data: { mustChangePassword: false } } }]);
    expect(response.headers.getSetCookie().join()).toContain('HttpOnly');
    expect(unexpected).toEqual([]);
  },
);

test('answers with its status where a call that fails is asked for as a stream', async () => {
  const headers = { 'trpc-accept': 'application/jsonl' };
  expect((await fetch(`${api.base}/workspaces.list?batch=1`, { headers })).status).toBe(401);
});

test.each([
  ['parameters of a connection that are no JSON', 'GET', 'auth.me?connectionParams=%7B', undefined],
  ['queries and mutations in one batch', 'POST', 'auth.signOut,auth.me?batch=1', '{"0":{}}'],
])('names the request in the refusal of %s', async (_what, method, path, body) => {
  const response = await fetch(`${api.base}/${path}`, { method, headers: json, ...(body && { body }) });
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  const answer = (await response.json()) as { error?: unknown };
  expect(answer.error).toMatchObject({
    data: { requestId: expect.stringMatching(/^request-\d+$/) as string },
  });
});
