import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Route } from './route.js';
import { toPartnerAction } from '../partner-action.js';
import { ROUTES } from './routes.js';
import { DOCUMENTED, recordAnswers } from './test-documented.js';
import { bringInTheWay, freshBody, freshEmail, freshId } from './test-fresh.js';
import { openPartnerApi } from './test-open-partner-api.js';
import type { PartnerAnswer, TestPartnerApi } from './test-partner-api.js';

// The walk is made from the route table: every status that the OpenAPI document promises is answered at least once, and
// none that it does not promise. A new route is covered by existing. 500 and 503 of every route: faults.test.ts; 429:
// documented-limits.test.ts.

const api = await openPartnerApi({ withoutEngine: true });
const recorded = recordAnswers(api);
let otherToken = '';
/** Keys of Demo Partner that hold one permission each, none of them much. */
let mayRead = '';
let mayCount = '';

beforeAll(async () => {
  otherToken = await api.tokenOf('other-partner');
  const keyWith = async (permission: string) => {
    const body = { name: permission, permissions: [permission] };
    return String((await api.call('POST', '/api/provisioning/api-keys', { body })).body['key']);
  };
  mayRead = await keyWith('tenant:read');
  mayCount = await keyWith('analytics:read');
});

const addressOf = ({ path }: Pick<Route, 'path'>, id: string) => `/api${path.replace(/\{\w+\}/, id)}`;
/** Not skipped where it does not apply: there is nothing to test then. */
const testIf = (applies: boolean): ((name: string, run: () => Promise<void>) => void) =>
  applies ? test : () => undefined;
/** What may differ between two answers to strangers: nothing but these. */
const comparable = ({ status, headers, text }: PartnerAnswer) => ({
  status,
  headers: [...headers].filter(([name]) => name !== 'date'),
  text: text.replace(/request-\d+/g, 'request-id'),
});
/** As a process leaves a key when it dies, or is still at it. */
const beginAgain = (key: string) =>
  api.app.db.prisma.$executeRaw`
    UPDATE idempotency_keys SET status = NULL, locked_until = now() + interval '1 minute' WHERE key = ${key}`;
const withKey = (key: string, body: unknown) => ({
  headers: { 'idempotency-key': key },
  ...(body === undefined ? {} : { body }),
});

describe.each(ROUTES.map((route) => [route.name, route] as const))('%s', (name, route) => {
  const method = route.method.toUpperCase();
  const hasBody = route.method !== 'get';
  const nonsense = hasBody ? { body: { nonsense: true } } : {};
  const call = (address: string, options?: Parameters<TestPartnerApi['call']>[2], verb = method) =>
    recorded.call(name, verb, address, options);

  test(`${route.status} for what is right`, async () => {
    const body = freshBody(route);
    const address = addressOf(route, await freshId(api, route));
    const answer = await call(address, body === undefined ? {} : { body });
    expect([answer.status, answer.body['errors']]).toEqual([route.status, undefined]);
  });

  test.each([
    ['without a credential', null],
    ['with a made up key', 'gwk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['with something that is no token', 'not-a-token'],
  ])('401 %s, whatever it names and says', async (_case, token) => {
    const answer = await call(addressOf(route, randomUUID()), { ...nonsense, token });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe(
      `Bearer realm="gangway"${token === null ? '' : ', error="invalid_token"'}`,
    );
    expect(answer.body['reason_code']).toBe('auth.required');
    expect(answer.body['detail']).toMatch(/^Present a valid access token or API key/);
  });

  test('403 without the permission, even with a bad body, and it is recorded', async () => {
    const token = route.permission === 'tenant:read' ? mayCount : mayRead;
    const before = await countDenials(name, 'partner.permission_missing');
    const answer = await call(addressOf(route, await freshId(api, route)), { ...nonsense, token });
    expect([answer.status, answer.body['reason_code']]).toEqual([403, 'partner.permission_missing']);
    const { permission } = route;
    expect([answer.body['permission'], answer.body['detail']]).toEqual([
      permission,
      `It lacks ${permission}. Use a credential that has it.`,
    ]);
    expect(answer.headers.get('www-authenticate')).toContain(`scope="${permission}"`);
    expect(await countDenials(name, 'partner.permission_missing')).toBe(before + 1);
  });

  testIf(route.names !== undefined)(
    "404, byte for byte the same for another partner's id, a random one and no id at all, and it is recorded",
    async () => {
      // A mail template is nobody's: every partner has its own words for each, and only a made up one is not there.
      const foreign = route.names?.kind === 'mailTemplate' ? 'unknown' : await freshId(api, route);
      const before = await countDenials(name, 'resource.not_found');
      const answers = await Promise.all(
        [foreign, randomUUID(), 'no-id'].map((id) =>
          call(addressOf(route, id), { ...nonsense, token: otherToken }),
        ),
      );
      const [first, ...others] = answers.map(comparable);
      expect(first?.status).toBe(404);
      for (const other of others) expect(other).toEqual(first);
      expect(await countDenials(name, 'resource.not_found')).toBe(before + 3);
    },
  );

  test('400 for a key that it does not know, with the field named', async () => {
    const address = addressOf(route, await freshId(api, route));
    const answer = await call(hasBody ? address : `${address}?nonsense=1`, nonsense);
    expect([answer.status, answer.body['reason_code']]).toEqual([400, 'validation.failed']);
    expect(answer.body['errors']).not.toEqual([]);
  });

  testIf(hasBody)(
    '400 for JSON that cannot be read, 415 for another type, 413 above a megabyte: before anything else',
    async () => {
      const address = addressOf(route, randomUUID());
      const broken = await call(address, { body: '{"client_name":', token: null });
      expect([broken.status, broken.body['reason_code']]).toEqual([400, 'request.unparsable']);
      for (const encoding of ['gzip', 'deflate', 'br']) {
        const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
        const packed = await call(address, { body: '{"a":1}', headers, token: null });
        expect([packed.status, packed.body['reason_code']]).toEqual([400, 'request.unparsable']);
      }
      const headers = { 'content-type': 'text/plain' };
      const form = await call(address, { body: 'a=b', headers, token: null });
      expect([form.status, form.body['reason_code']]).toEqual([415, 'request.unsupported_media_type']);
      const body = JSON.stringify({ client_name: 'x'.repeat(1_100_000) });
      const large = await call(address, { body, token: null });
      expect([large.status, large.body['reason_code']]).toEqual([413, 'request.too_large']);
    },
  );

  test('405 for a method that it does not have, with those it has', async () => {
    const answer = await call(addressOf(route, randomUUID()), { token: null }, 'SEARCH');
    expect([answer.status, answer.body['reason_code']]).toEqual([405, 'request.method_not_allowed']);
    expect(answer.headers.get('allow')?.split(', ')).toContain(method);
  });

  testIf((route.conflicts ?? []).some((reason) => /^(tenant\.state|run\.)/.test(reason)))(
    '409 in a state that forbids it',
    async () => {
      const id = await freshId(api, route);
      await bringInTheWay(api, route, id);
      const body = freshBody(route);
      const answer = await call(addressOf(route, id), body === undefined ? {} : { body });
      expect([answer.status, route.conflicts]).toEqual([
        409,
        expect.arrayContaining([answer.body['reason_code']]),
      ]);
    },
  );

  testIf(route.method === 'post')(
    'with a key: replayed, 409 with Retry-After while it is at it, 422 for another request',
    async () => {
      const body = freshBody(route);
      const address = addressOf(route, await freshId(api, route));
      const first = await call(address, withKey(name, body));
      const second = await call(address, withKey(name, body));
      expect([second.text, second.headers.get('idempotent-replayed')]).toEqual([first.text, 'true']);
      await beginAgain(name);
      const busy = await call(address, withKey(name, body));
      expect([busy.status, busy.body['reason_code'], busy.headers.get('retry-after')]).toEqual([
        409,
        'idempotency.in_flight',
        '1',
      ]);
      const taken = `${name} elsewhere`.replaceAll(' ', '-');
      await api.call('POST', '/api/provisioning/tenants', {
        ...withKey(taken, { client_name: 'Elsewhere', email: freshEmail() }),
      });
      const other = await call(address, withKey(taken, name === 'tenants.create' ? freshBody(route) : body));
      expect([other.status, other.body['reason_code']]).toEqual([422, 'idempotency.mismatch']);
    },
  );
});

test('the bulk endpoint answers as documented', async () => {
  const address = '/api/provisioning/tenants/bulk';
  const call = (options: Parameters<TestPartnerApi['call']>[2], method = 'POST') =>
    recorded.call('tenants.bulk', method, address, options);
  const rows = [{ client_name: 'Bulk', email: freshEmail() }];
  const answers = [
    await call(withKey('bulk', rows)),
    await call({ body: '[' }),
    await call({ body: rows, token: null }),
    await call({ body: rows, token: mayRead }),
    await call({ body: rows }, 'PUT'),
    await beginAgain('bulk').then(() => call(withKey('bulk', rows))),
    await call({ body: JSON.stringify([{ client_name: 'x'.repeat(10_500_000) }]) }),
    await call({ body: 'x', headers: { 'content-type': 'text/plain' } }),
    await call(withKey('bulk', [{ client_name: 'Bulk', email: freshEmail() }])),
  ];
  expect(answers.map(({ status }) => status)).toEqual([202, 400, 401, 403, 405, 409, 413, 415, 422]);
});

test('the template of the bulk endpoint answers as documented', async () => {
  const call = (token?: string | null, method = 'GET') =>
    recorded.call('tenants.bulkTemplate', method, '/api/provisioning/tenants/bulk/template.csv', {
      ...(token === undefined ? {} : { token }),
    });
  const answers = [await call(), await call(null), await call(mayRead), await call(null, 'POST')];
  expect(answers.map(({ status }) => status)).toEqual([200, 401, 403, 405]);
});

test('the stream of events answers as documented', async () => {
  const run = await api.call('POST', '/api/provisioning/tenants', {
    body: { client_name: 'Watched', email: freshEmail() },
  });
  const id = String(run.body['operation_run_id']);
  const call = (one: string, token?: string | null, method = 'GET') =>
    recorded.call('operationRuns.events', method, `/api/provisioning/operation-runs/${one}/events`, {
      ...(token === undefined ? {} : { token }),
    });
  // The stream ends with its run; nobody works on this one.
  await api.app.db.prisma.$executeRaw`
    WITH ended AS (UPDATE operation_runs SET status = 'failed', finished_at = now(), last_event_seq = last_event_seq + 1
                    WHERE id = ${id}::uuid RETURNING id, last_event_seq)
    INSERT INTO operation_run_events (run_id, seq, kind, data)
    SELECT ended.id, ended.last_event_seq, 'run.finished', jsonb_set(e.data, '{run,status}', '"failed"')
      FROM ended JOIN operation_run_events e ON e.run_id = ended.id AND e.seq = ended.last_event_seq - 1`;
  const answers = [
    await call(id),
    await call(id, null),
    await call(id, mayCount),
    await call(randomUUID()),
    await call(id, null, 'POST'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 401, 403, 404, 405]);
});

test('the token endpoint answers as documented', async () => {
  const ask = (form: string, method = 'POST') =>
    recorded.call('oauth.token', method, '/api/oauth/token', {
      token: null,
      ...(method === 'POST' ? { body: form } : {}),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  const good = 'grant_type=client_credentials&client_id=demo-partner&client_secret=demo-partner-secret';
  const answers = [
    await ask(good),
    await ask('grant_type=password'),
    await ask(`${good}x`),
    await ask('', 'GET'),
    await ask(`${good}&x=${'x'.repeat(20_000)}`),
    await ask(`${good}${'&a=1'.repeat(1_001)}`),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 400, 401, 405, 413, 413]);
  const guess = (secret: string) =>
    ask(`grant_type=client_credentials&client_id=other-partner&client_secret=${secret}`);
  for (let tries = 0; tries < 50; tries += 1) expect((await guess(`guess-${tries}`)).status).toBe(401);
  const limited = await guess('other-partner-secret');
  expect([limited.status, limited.body['reason_code']]).toEqual([429, 'auth.too_many_attempts']);
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('nothing that is documented was left out', () => {
  expect(DOCUMENTED.length).toBeGreaterThan(ROUTES.length);
  expect(recorded.missing().filter((one) => !/ (429|50[03])$/.test(one))).toEqual([]);
});

/** How often something was denied, of which the trail tells whom. */
async function countDenials(name: string, reasonCode: string): Promise<number> {
  const where = { action: toPartnerAction(name), outcome: 'denied', reasonCode, partnerId: { not: null } };
  return api.app.db.prisma.auditEvent.count({ where });
}
