import { request as httpRequest } from 'node:http';
import { newTenant } from '@gangway/contract/provisioning/tenants';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { procedureTable } from '../procedure-table.js';
import { ROUTES } from './routes.js';
import { freshBody, freshEmail, freshId } from './test-fresh.js';
import { openPartnerApi } from './test-open-partner-api.js';
import { DEMO_KEY } from './test-partner-api.js';

// The walk is made from the route table: a new route is covered by existing.

const api = await openPartnerApi({ withoutEngine: true });
const addressOf = (path: string, id: string) => `/api${path.replace(/\{\w+\}/, id)}`;
const isOptional = (schema: z.core.$ZodType) => z.safeParse(schema, undefined).success;

/** What only Gangway writes: sent back as it was read, or not at all. */
const READ_ONLY = ['tenant', 'email', 'created_at', 'updated_at', 'status', 'operation_run_id'];
/** In a PATCH, what is left out stays as it is. */
const WITH_DEFAULTS = ROUTES.filter(
  ({ method, input }) => method !== 'patch' && Object.keys(input.shape).length > 0,
);

test.each(
  WITH_DEFAULTS.flatMap((route) =>
    Object.entries(route.input.shape)
      .filter(
        ([field, schema]) => isOptional(schema) && !(route.method === 'put' && READ_ONLY.includes(field)),
      )
      .map(([field]) => [`${route.name} ${field}`, route, field] as const),
  ),
)('%s may be null', async (_name, route, field) => {
  const id = await freshId(api, route);
  // The fields that have to be there, and no other.
  const body = Object.fromEntries(
    Object.entries(freshBody(route) ?? {}).filter(
      ([name]) => !isOptional(route.input.shape[name] ?? z.any()),
    ),
  );
  const without = route.input.parse(body);
  expect(route.input.parse({ ...body, [field]: null })).toEqual({
    ...without,
    [field]: Object(without)[field],
  });
  const named = route.names ? { [route.names.field]: id } : {};
  const procedure = `provisioning.${route.name}`;
  const type = procedureTable.find(({ path }) => path === procedure)?.type;
  const input = { ...(route.method === 'get' ? {} : body), [field]: null, ...named };
  const answer =
    type === 'query'
      ? await api.call('GET', `/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`)
      : await api.call('POST', `/trpc/${procedure}`, { body: input });
  expect([answer.status, answer.text.slice(0, 300)]).toEqual([200, expect.anything()]);
  if (route.method === 'get') return;
  const address = addressOf(route.path, await freshId(api, route));
  const again = route.name === 'tenants.create' ? { ...body, email: freshEmail() } : body;
  const overRest = await api.call(route.method.toUpperCase(), address, { body: { ...again, [field]: null } });
  expect([overRest.status, overRest.body['errors']]).toEqual([route.status, undefined]);
});

test.each(
  Object.entries(newTenant.shape)
    .filter(([, schema]) => isOptional(schema))
    .map(([field]) => field),
)('a blank %s of a new tenant is the same as none, as JSON and as CSV', async (field) => {
  if (field === 'admin_user') return expect(newTenant.shape.admin_user.safeParse('').success).toBe(false);
  const [email, other] = [freshEmail(), freshEmail()];
  const base = '/api/provisioning/tenants';
  const json = await api.call('POST', base, { body: { client_name: 'A', email, [field]: ' ' } });
  expect([json.status, json.body['errors']]).toEqual([201, undefined]);
  const headers = { 'content-type': 'text/csv' };
  const csv = await api.call('POST', `${base}/bulk`, {
    body: `name;email;${field}\nA;${other};" "`,
    headers,
  });
  expect(csv.body).toMatchObject({ accepted: 1, refused: 0 });
});

test('a blank phone number or industry takes away what was there', async () => {
  const body = { client_name: 'A', email: freshEmail(), phone_number: '+49 30 1', industry: 'IT' };
  const { tenant } = (await api.call('POST', '/api/provisioning/tenants', { body })).body;
  await api.app.db.prisma.tenant.update({ where: { tenant: String(tenant) }, data: { status: 'active' } });
  const address = `/api/provisioning/tenants/${String(tenant)}`;
  const patched = await api.call('PATCH', address, { body: { phone_number: '' } });
  expect(patched.body).toMatchObject({ phone_number: null, industry: 'IT' });
  const put = await api.call('PUT', address, {
    body: { client_name: 'A', phone_number: '+49 30 2', industry: '' },
  });
  expect(put.body).toMatchObject({ phone_number: '+49 30 2', industry: null });
});

/** A POST with a body of no bytes, in chunks: fetch sends none so. */
function postChunked(address: string, text = ''): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${DEMO_KEY}`, 'transfer-encoding': 'chunked' };
    const sending = httpRequest(`${api.base}${address}`, { method: 'POST', headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    sending.on('error', reject).end(text);
  });
}

test.each(
  ROUTES.filter(({ method, input }) => method === 'post' && input.safeParse({}).success).map(
    (route) => [route.name, route] as const,
  ),
)('%s takes no body, {}, null and nothing in chunks', async (_name, route) => {
  const fresh = async () => addressOf(route.path, await freshId(api, route));
  for (const body of [undefined, '', {}, 'null']) {
    const answer = await api.call('POST', await fresh(), body === undefined ? {} : { body });
    expect([body, answer.status, answer.body['errors']]).toEqual([body, route.status, undefined]);
  }
  expect(await postChunked(await fresh())).toBe(route.status);
  expect(await postChunked(await fresh(), 'a=b')).toBe(415);
});
