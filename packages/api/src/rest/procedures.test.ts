import { expect, test } from 'vitest';
import { z } from 'zod';
import { procedureTable } from '../procedure-table.js';
import { openPartnerApi } from './test-open-partner-api.js';
import { freshBody, freshEmail, freshId } from './test-fresh.js';
import type { PartnerAnswer } from './test-partner-api.js';
import { ROUTES } from './routes.js';

// The partner plane as procedures does what its addresses do.

const api = await openPartnerApi({ withoutEngine: true });

const toldShape = z.object({
  result: z.object({ data: z.record(z.string(), z.unknown()) }).optional(),
  error: z.object({ data: z.record(z.string(), z.unknown()) }).optional(),
});
const told = ({ body }: PartnerAnswer) => {
  const { result, error } = toldShape.parse(body);
  return result?.data ?? error?.data ?? {};
};
const mutate = (name: string, input: unknown, key?: string, token?: string) =>
  api.call('POST', `/trpc/provisioning.${name}`, {
    body: input,
    ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
    ...(token === undefined ? {} : { token }),
  });
const newTenant = () => ({ client_name: 'Called', email: freshEmail() });

test('every address has its procedure', () => {
  const names = [...ROUTES.map(({ name }) => name), 'tenants.bulk', 'operationRuns.events'];
  const partners = procedureTable.filter(({ scope }) => scope === 'partner');
  expect(partners.map(({ path }) => path).sort()).toEqual(names.map((name) => `provisioning.${name}`).sort());
});

test.each(ROUTES.filter((route) => route.method === 'post').map((route) => [route.name, route] as const))(
  '%s with a key is done once: replayed, in flight, refused with another input, taken up again',
  async (name, route) => {
    const id = await freshId(api, route);
    const named = route.names ? { [route.names.field]: id } : {};
    const input = { ...freshBody(route), ...named };
    const first = await mutate(name, input, name);
    expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([200, null]);
    const second = await mutate(name, input, name);
    expect([second.text, second.headers.get('idempotent-replayed')]).toEqual([first.text, 'true']);
    const { prisma } = api.app.db;
    await prisma.$executeRaw`
      UPDATE idempotency_keys SET status = NULL, locked_until = now() + interval '1 minute' WHERE key = ${name}`;
    const busy = await mutate(name, input, name);
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([409, '1']);
    expect(told(busy)).toMatchObject({ reasonCode: 'idempotency.in_flight', retryAfter: 1 });
    await prisma.$executeRaw`UPDATE idempotency_keys SET locked_until = now() WHERE key = ${name}`;
    const resumed = await mutate(name, input, name);
    expect([resumed.status, told(resumed)['id']]).toEqual([200, told(first)['id']]);
    await mutate('tenants.create', newTenant(), `${name}-elsewhere`);
    const other = await mutate(name, name === 'tenants.create' ? newTenant() : input, `${name}-elsewhere`);
    expect([other.status, told(other)['reasonCode']]).toEqual([422, 'idempotency.mismatch']);
  },
);

test('a secret is told again to none but who asked first', async () => {
  const input = { name: 'secret', permissions: ['tenant:read'] };
  const first = await mutate('apiKeys.create', input, 'secret');
  expect(told(first)['key']).toMatch(/^gwk_/);
  const other = await mutate('apiKeys.create', input, 'secret', await api.tokenOf('demo-partner'));
  expect([other.status, told(other)['reasonCode']]).toEqual([422, 'idempotency.mismatch']);
});

test('a key is for one call: a batch of several is refused, and a senseless key too', async () => {
  const inputs = { 0: newTenant(), 1: newTenant() };
  const batch = await mutate('tenants.create,provisioning.tenants.create?batch=1', inputs, 'batch');
  expect(batch.status).toBe(400);
  const message = 'Must come with one call, not with a batch of several';
  for (const one of toldShape.array().parse(JSON.parse(batch.text)))
    expect(one.error?.data).toMatchObject({ fieldErrors: [{ field: 'Idempotency-Key', message }] });
  const alone = await mutate('tenants.create?batch=1', { 0: inputs[0] }, 'batch');
  expect(alone.status).toBe(200);
  expect((await mutate('tenants.create', newTenant(), 'x'.repeat(256))).status).toBe(400);
});

test('a duplicate names the tenant that exists to its own partner', async () => {
  const input = newTenant();
  const { tenant } = told(await mutate('tenants.create', input));
  const again = await mutate('tenants.create', input);
  expect([again.status, told(again)['existingId']]).toEqual([409, tenant]);
  const other = await mutate('tenants.create', input, undefined, await api.tokenOf('other-partner'));
  expect([other.status, told(other)['existingId']]).toEqual([409, undefined]);
});

test('many tenants by one call: each row by itself, once for a key', async () => {
  const rows = [newTenant(), { client_name: 'No mail' }, 7, newTenant()];
  const first = await mutate('tenants.bulk', rows, 'bulk');
  expect(told(first)).toMatchObject({ accepted: 2, refused: 2 });
  const second = await mutate('tenants.bulk', rows, 'bulk');
  expect([second.text, second.headers.get('idempotent-replayed')]).toEqual([first.text, 'true']);
  for (const none of [[], {}, Array.from({ length: 10_001 }, () => 0)])
    expect((await mutate('tenants.bulk', none)).status).toBe(400);
});

test('the events of a run are told as they happen, after the last one that was seen', async () => {
  const run = told(await mutate('tenants.create', newTenant()))['operation_run_id'];
  await api.startEngine();
  const read = async (lastEventId?: string): Promise<string[]> => {
    const input = encodeURIComponent(JSON.stringify({ operation_run_id: run, lastEventId }));
    const headers = { authorization: 'Bearer gwk_demo_partner_admin', accept: 'text/event-stream' };
    const response = await fetch(`${api.base}/trpc/provisioning.operationRuns.events?input=${input}`, {
      headers,
    });
    const text = await response.text();
    return [...text.matchAll(/^data: ({"kind":.+)\nid: (\d+)$/gm)].map(
      ([, data = '', id]) => `${id} ${z.object({ kind: z.string() }).parse(JSON.parse(data)).kind}`,
    );
  };
  const all = await read();
  expect([all[0], all.at(-1)]).toEqual(['1 run.queued', `${all.length} run.finished`]);
  expect(await read('3')).toEqual(all.slice(3));
});

test.each([true, '7', ['7']])(
  'a number is a number: %j is none, and in an address it is text',
  async (limit) => {
    const input = encodeURIComponent(JSON.stringify({ limit }));
    expect((await api.call('GET', `/trpc/provisioning.tenants.list?input=${input}`)).status).toBe(400);
    const days = encodeURIComponent(JSON.stringify({ days: limit }));
    expect((await api.call('GET', `/trpc/provisioning.analytics.get?input=${days}`)).status).toBe(400);
  },
);

test.each([
  ['7', 200],
  ['100', 200],
  ['', 400],
  ['true', 400],
  ['1.5', 400],
  ['-1', 400],
  ['1&limit=2', 400],
])('a list takes %j as its limit: %i', async (limit, status) => {
  expect((await api.call('GET', `/api/provisioning/tenants?limit=${limit}`)).status).toBe(status);
});
