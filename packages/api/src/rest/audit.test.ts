import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openPartnerApi } from './test-open-partner-api.js';
import { freshBody, freshEmail, freshId } from './test-fresh.js';
import { ROUTES } from './routes.js';

const api = await openPartnerApi({ withoutEngine: true });
const base = '/api/provisioning/audit-events';

/** The newest event of the trail: what was done, or denied, last. */
async function newest(outcome: string): Promise<Record<string, unknown>> {
  const { body } = await api.call('GET', `${base}?limit=1&outcome=${outcome}`);
  return (body['items'] as Record<string, unknown>[])[0] ?? {};
}

// A preview does nothing.
const DEEDS = ROUTES.filter(({ method, name }) => method !== 'get' && name !== 'mailTemplates.preview');

test.each(DEEDS.map((route) => [route.name, route] as const))(
  '%s bears one name where it is done and where it is denied, over both ways',
  async (name, route) => {
    const id = await freshId(api, route);
    const body = name === 'operationRuns.rollBack' ? { dry_run: false } : freshBody(route);
    const address = `/api${route.path.replace(/\{\w+\}/, id)}`;
    const method = route.method.toUpperCase();
    const token = await api.tokenOf('demo-integration');
    const denied = await api.call(method, address, { token, body: {} });
    expect(denied.status).toBe(403);
    const { action } = await newest('denied');
    const input = { ...body, ...(route.names ? { [route.names.field]: id } : {}) };
    const called = await api.call('POST', `/trpc/provisioning.${name}`, { token, body: input });
    expect([called.status, await newest('denied')]).toMatchObject([403, { action }]);
    const done = await api.call(method, address, body ? { body } : {});
    expect(done.status).toBe(route.status);
    expect((await newest('allowed'))['action']).toBe(action);
  },
);

test('many tenants at once are created like one', async () => {
  const token = await api.tokenOf('demo-integration');
  const body = [{ client_name: 'Many', email: freshEmail() }];
  for (const [address, input] of [
    ['/api/provisioning/tenants/bulk', body],
    ['/trpc/provisioning.tenants.bulk', [randomUUID()]],
  ] as const) {
    expect((await api.call('POST', address, { token, body: input })).status).toBe(403);
    expect((await newest('denied'))['action']).toBe('tenants.create');
  }
  expect((await api.call('POST', '/api/provisioning/tenants/bulk', { body })).status).toBe(202);
  expect((await newest('allowed'))['action']).toBe('tenants.create');
});
