import { readFile } from 'node:fs/promises';
import { createGangwayClient, idempotencyKey, listAll, once, preferWait } from '@gangway/client/index';
import { provisionTenant } from '@gangway/client/example';
import { TRPCClientError } from '@trpc/client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { DEMO_KEY, fetchToken } from './testing/partner-client.js';
import { createProductFixture, type ProductFixture } from './testing/product-fixture.js';

// The typed client against the built server.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let fixture: ProductFixture;
let url = '';
beforeAll(async () => {
  fixture = await createProductFixture();
  ({ url } = await fixture.start({ DEMO: '1' }));
});
afterAll(() => fixture.drop());

test('the example of docs/provisioning.md is the one that runs here', async () => {
  expect(await provisionTenant(url, DEMO_KEY, 'example@example.com')).toMatch(/^[\w-]{16,}$/);
  const root = new URL('../../../', import.meta.url);
  const source = await readFile(new URL('packages/client/src/example.ts', root), 'utf8');
  expect(await readFile(new URL('docs/provisioning.md', root), 'utf8')).toContain(
    source.replace('./index.js', '@gangway/client'),
  );
});

test('of the package there is the whole or nothing, and no fault of ours', async () => {
  const ask = async (headers: Record<string, string>) => {
    const answer = await fetch(`${url}/api/gangway-client.tgz`, { headers });
    await answer.arrayBuffer();
    return answer.status;
  };
  expect(await ask({ range: 'bytes=99999999-' })).toBe(200);
  expect(await ask({ 'if-match': '"other"' })).toBe(412);
  expect(await ask({ 'if-unmodified-since': 'Sat, 01 Jan 2000 00:00:00 GMT' })).toBe(412);
});

test('an access token is asked for before each request, and a refusal says why', async () => {
  let asked = 0;
  const gangway = createGangwayClient({
    url: `${url}/`,
    credential: () => {
      asked += 1;
      return fetchToken(url, 'demo-integration');
    },
  });
  expect((await gangway.provisioning.tenants.list.query({})).items).toBeInstanceOf(Array);
  const refused: unknown = await gangway.provisioning.tenants.create
    .mutate({ client_name: 'No', email: 'no@example.com' })
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(TRPCClientError);
  expect(refused).toMatchObject({ data: { httpStatus: 403, reasonCode: 'partner.permission_missing' } });
  expect(asked).toBe(2);
});

test('a call with a key is one call however often it is sent, beside others', async () => {
  const { tenants } = createGangwayClient({ url, credential: DEMO_KEY }).provisioning;
  const input = { client_name: 'Once', email: 'client-once@example.com' };
  // The later one is refused while the other is under way.
  const insist = () =>
    vi.waitFor(() => tenants.create.mutate(input, once('client')), { timeout: 10_000, interval: 100 });
  const [first, again, elsewhere, refused] = await Promise.all([
    insist(),
    insist(),
    tenants.create.mutate({ ...input, email: 'client-elsewhere@example.com' }, once('client-elsewhere')),
    tenants.create.mutate({ ...input, email: 'demo' }).catch((error: unknown) => error),
  ]);
  expect(again).toEqual(first);
  expect(elsewhere.tenant).not.toBe(first.tenant);
  expect(refused).toMatchObject({ data: { httpStatus: 400, fieldErrors: [{ field: 'email' }] } });
  const duplicate: unknown = await tenants.create.mutate(input).catch((error: unknown) => error);
  expect(duplicate).toMatchObject({ data: { httpStatus: 409, existingId: first.tenant } });
  const rows = [{ ...input, email: 'client-bulk@example.com' }, input];
  expect(await tenants.bulk.mutate(rows)).toMatchObject({
    ...{ accepted: 1, refused: 1 },
    items: [{ reason_code: null }, { reason_code: 'tenant.duplicate', tenant: first.tenant }],
  });
});

test('a call that prefers to wait has the run, its repetition all but the password, and it stays out of batches', async () => {
  const { tenants } = createGangwayClient({ url, apiKey: DEMO_KEY }).provisioning;
  const create = (email: string, ...options: Parameters<typeof preferWait>) =>
    tenants.create.mutate({ client_name: 'Waits', email }, preferWait(...options));
  const [first, other] = await Promise.all([
    create('client-waits@example.com', 30, idempotencyKey('client-waits')),
    create('client-waits-too@example.com', 30),
  ]);
  const password = { temporary_password: expect.stringMatching(/^[\w-]{16,}$/) as unknown };
  for (const tenant of [first, other])
    expect(tenant).toMatchObject({
      ...{ status: 'active', operation_run: { id: tenant.operation_run_id, result: password } },
    });
  expect(await create('client-waits@example.com', 30, once('client-waits'))).toMatchObject({
    ...{ tenant: first.tenant, operation_run: { status: 'succeeded', result: { temporary_password: null } } },
  });
});

test('the events of a run are told to who may see it, and to nobody else', async () => {
  const { tenants } = createGangwayClient({ url, credential: DEMO_KEY }).provisioning;
  const { operation_run_id } = await tenants.create.mutate({
    client_name: 'Told',
    email: 'told@example.com',
  });
  const follow = (credential: string) =>
    new Promise<string[]>((resolve, reject) => {
      const kinds: string[] = [];
      createGangwayClient({ url, credential }).provisioning.operationRuns.events.subscribe(
        { operation_run_id: operation_run_id ?? '' },
        {
          onData: ({ data }) => void kinds.push(data.kind),
          onComplete: () => resolve(kinds),
          onError: reject,
        },
      );
    });
  const kinds = await follow(DEMO_KEY);
  expect([kinds[0], kinds.at(-1)]).toEqual(['run.queued', 'run.finished']);
  await expect(follow(await fetchToken(url, 'other-partner'))).rejects.toMatchObject({
    data: { httpStatus: 404, reasonCode: 'resource.not_found' },
  });
});

test('a list is read to its end, page after page', async () => {
  const { tenants } = createGangwayClient({ url, apiKey: DEMO_KEY }).provisioning;
  const emails = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@list-all.example`);
  for (const email of emails) await tenants.create.mutate({ client_name: 'Listed', email });
  const listed: string[] = [];
  for await (const { email } of listAll(tenants.list, { q: '@list-all.example', limit: 2 }))
    listed.push(email);
  expect(listed).toEqual(emails.toReversed());
});
