import { createGangwayClient, idempotencyKey, isGangwayError } from '@gangway/client/index';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { DEMO_KEY } from './testing/partner-client.js';
import { createProductFixture, type ProductFixture } from './testing/product-fixture.js';
import { startUnreliableProxy } from './testing/unreliable-proxy.js';

// The typed client in front of a network and a server that fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let fixture: ProductFixture;
let server: Awaited<ReturnType<ProductFixture['start']>>;
let proxy: Awaited<ReturnType<typeof startUnreliableProxy>>;
beforeAll(async () => {
  fixture = await createProductFixture();
  server = await fixture.start({ DEMO: '1' });
});
afterAll(() => fixture.drop());
beforeEach(async () => {
  proxy = await startUnreliableProxy(server.url);
});
afterEach(() => proxy.close());

const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );
const busy = (status: number, seconds = '0') =>
  ({ kind: 'respond', status, headers: { 'retry-after': seconds } }) as const;

test('a read is repeated after 503, 429, a lost connection and a lost response', async () => {
  const { tenants } = createGangwayClient({ url: proxy.url, apiKey: DEMO_KEY }).provisioning;
  proxy.faults.push(busy(503), busy(429), { kind: 'drop' }, { kind: 'lose' });
  expect(await tenants.list.query({})).toMatchObject({ items: expect.any(Array) });
  expect(proxy.seen).toHaveLength(5);
});

test('it ends after as many repeats as were allowed, and the error says what happened', async () => {
  const client = createGangwayClient({ url: proxy.url, apiKey: DEMO_KEY, maxRepeats: 1 });
  proxy.faults.push(busy(502), busy(502));
  const error = await failure(client.provisioning.tenants.list.query({}));
  expect(error).toBeInstanceOf(Error);
  expect(isGangwayError(error)).toBe(false);
  expect(proxy.seen).toHaveLength(2);
});

test('a change without a key is repeated only if it was not processed', async () => {
  const { tenants } = createGangwayClient({ url: proxy.url, apiKey: DEMO_KEY }).provisioning;
  proxy.faults.push({ kind: 'lose' });
  const input = { client_name: 'Lost', email: 'lost@client-faults.example' };
  expect(await failure(tenants.create.mutate(input))).toBeInstanceOf(Error);
  proxy.faults.push(busy(503));
  expect(await failure(tenants.create.mutate(input))).toBeInstanceOf(Error);
  expect(proxy.seen).toHaveLength(2);
  proxy.faults.push(busy(429));
  const duplicate = await failure(tenants.create.mutate(input));
  expect(isGangwayError(duplicate, 'tenant.duplicate') && duplicate.data.existingId).toMatch(/^[\w-]{36}$/);
  expect(proxy.seen).toHaveLength(4);
});

test('a change with a key is repeated and made once', async () => {
  const { tenants } = createGangwayClient({ url: proxy.url, apiKey: DEMO_KEY }).provisioning;
  proxy.faults.push({ kind: 'lose' }, busy(503), { kind: 'lose' });
  const input = { client_name: 'Keyed', email: 'keyed@client-faults.example' };
  const tenant = await tenants.create.mutate(input, idempotencyKey('keyed'));
  expect(await tenants.list.query({ q: 'keyed@client-faults' })).toMatchObject({
    items: [{ tenant: tenant.tenant }],
  });
});

test('a pause of more than a minute is left to the caller, and an abort ends a pause at once', async () => {
  const { tenants } = createGangwayClient({ url: proxy.url, apiKey: DEMO_KEY }).provisioning;
  proxy.faults.push(busy(503, '3600'));
  expect(await failure(tenants.list.query({}))).toBeInstanceOf(Error);
  proxy.faults.push(busy(503, '50'));
  const controller = new AbortController();
  const aborted = failure(tenants.list.query({}, { signal: controller.signal }));
  await vi.waitFor(() => expect(proxy.seen).toHaveLength(2));
  controller.abort();
  expect(await aborted).toBeInstanceOf(Error);
  expect(proxy.seen).toHaveLength(2);
});

test('access tokens are requested once for many calls, and anew when the server rejects one', async () => {
  const client = createGangwayClient({
    ...{ url: proxy.url, clientId: 'demo-partner', clientSecret: 'demo-partner-secret' },
    fetch: (input, init) => fetch(input, spoil(init)),
  });
  let isSpoiled = false;
  function spoil(init: RequestInit | undefined): RequestInit {
    const headers = new Headers(init?.headers);
    if (isSpoiled && headers.has('authorization')) headers.set('authorization', 'Bearer spoiled');
    isSpoiled = false;
    return { ...init, headers };
  }
  const tokenRequests = () => proxy.seen.filter(({ path }) => path === '/api/oauth/token').length;
  const { tenants } = client.provisioning;
  await Promise.all([tenants.list.query({}), tenants.list.query({ limit: 1 })]);
  await tenants.list.query({ limit: 2 });
  expect(tokenRequests()).toBe(1);
  isSpoiled = true;
  await tenants.list.query({ limit: 3 });
  expect(tokenRequests()).toBe(2);
});

test('a wrong secret is an error with a reason code, and is sent once', async () => {
  const client = createGangwayClient({ url: proxy.url, clientId: 'demo-partner', clientSecret: 'wrong' });
  const error = await failure(client.provisioning.tenants.list.query({}));
  expect(isGangwayError(error, 'auth.invalid_credentials') && error.data.httpStatus).toBe(401);
  expect(isGangwayError(error, 'tenant.duplicate')).toBe(false);
  expect(proxy.seen.map(({ path }) => path)).toEqual(['/api/oauth/token']);
});
