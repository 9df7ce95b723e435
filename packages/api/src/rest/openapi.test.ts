import { WEBHOOK_EVENTS } from '@gangway/contract/provisioning/webhooks';
import { expect, test } from 'vitest';
import { openApiDocument } from './openapi.js';
import { ROUTES } from './routes.js';

test('the committed document is current; `vitest -u` writes it anew', async () => {
  await expect(`${JSON.stringify(openApiDocument, null, 2)}\n`).toMatchFileSnapshot(
    '../../../../docs/openapi.json',
  );
});

test('every route is described once, with its success and its refusals', () => {
  const { paths = {} } = openApiDocument;
  for (const route of ROUTES) {
    const operation = paths[`/api${route.path}`]?.[route.method];
    expect(operation?.operationId).toBe(route.name);
    const statuses = Object.keys(operation?.responses ?? {});
    expect(statuses).toEqual(
      expect.arrayContaining([String(route.status), '400', '401', '403', '405', '429', '500', '503']),
    );
  }
  expect(new Set(ROUTES.map((route) => route.name)).size).toBe(ROUTES.length);
});

test('the headers of answers are described', () => {
  const headersOf = (path: string, method: 'get' | 'post', status: string) => {
    const responses = openApiDocument.paths?.[path]?.[method]?.responses as Record<
      string,
      { headers?: object }
    >;
    return Object.keys(responses[status]?.headers ?? {});
  };
  const tenants = '/api/provisioning/tenants';
  const quota = ['RateLimit-Policy', 'RateLimit'];
  expect(headersOf(tenants, 'post', '201')).toEqual([
    ...['Location', 'Idempotent-Replayed', 'Preference-Applied'],
    ...quota,
  ]);
  expect(headersOf(tenants, 'get', '200')).toEqual(quota);
  expect(headersOf(tenants, 'get', '429')).toEqual(['Retry-After', ...quota]);
  expect(headersOf('/api/provisioning/operation-runs/{id}/events', 'get', '429')).toEqual([
    'Retry-After',
    ...quota,
  ]);
  expect(headersOf(tenants, 'post', '409')).toEqual(['Retry-After']);
  expect(headersOf(tenants, 'get', '401')).toEqual(['WWW-Authenticate']);
  expect(headersOf(tenants, 'get', '403')).toEqual(['WWW-Authenticate']);
  expect(headersOf(`${tenants}/bulk`, 'post', '202')).toEqual(['Idempotent-Replayed', ...quota]);
  expect(headersOf(`${tenants}/bulk`, 'post', '409')).toEqual(['Retry-After']);
  expect(headersOf('/api/oauth/token', 'post', '401')).toEqual(['WWW-Authenticate']);
});

test('every event has its payload, and nothing in the document is a schema of zod', () => {
  const { webhooks = {} } = openApiDocument;
  expect(Object.keys(webhooks)).toEqual(WEBHOOK_EVENTS);
  for (const event of WEBHOOK_EVENTS)
    expect(webhooks[event]?.post?.requestBody).toHaveProperty([
      'content',
      'application/json',
      'schema',
      '$ref',
    ]);
  expect(JSON.stringify(openApiDocument)).not.toContain('"def":');
});

test.each(ROUTES.flatMap((route) => (route.output ? [[route.name, route] as const] : [])))(
  'the example of an answer of %s is one',
  (_name, route) => {
    expect(route.output?.parse(route.exampleAnswer)).toEqual(route.exampleAnswer);
  },
);

test.each(ROUTES.flatMap((route) => (route.example ? [[route.name, route] as const] : [])))(
  'the example of %s is accepted',
  (_name, route) => {
    expect(route.input.safeParse(route.example).success).toBe(true);
  },
);
