import { expect, test } from 'vitest';
import { openPartnerApi } from './test-open-partner-api.js';

const api = await openPartnerApi();
const path = '/api/provisioning/tenants/bulk';
const csv = (body: string, headers: Record<string, string> = {}) =>
  api.call('POST', path, { body, headers: { 'content-type': 'text/csv', ...headers } });
interface Item {
  readonly row: number;
  readonly status: string;
  readonly tenant: string | null;
  readonly operation_run_id: string | null;
  readonly reason_code: string | null;
  readonly errors: readonly { field: string }[];
}
const itemsOf = (answer: { body: Record<string, unknown> }) => answer.body['items'] as Item[];

test('creates what makes sense and names what does not, row by row', async () => {
  const rows = [
    { client_name: 'One', email: 'one@bulk.example' },
    { client_name: 'No mail' },
    { client_name: 'Twin', email: 'one@bulk.example' },
    7,
    { client_name: 'Two', email: 'two@bulk.example' },
  ];
  const answer = await api.call('POST', path, { body: rows });
  expect([answer.status, answer.body['accepted'], answer.body['refused']]).toEqual([202, 2, 3]);
  const items = itemsOf(answer);
  expect(items.map((item) => [item.row, item.reason_code])).toEqual([
    [1, null],
    [2, 'validation.failed'],
    [3, 'tenant.duplicate'],
    [4, 'validation.failed'],
    [5, null],
  ]);
  expect(items[1]?.errors.map((error) => error.field)).toEqual(['email']);
  for (const item of items.filter(({ status }) => status === 'accepted')) {
    expect((await api.finished(item.operation_run_id ?? '')).body['status']).toBe('succeeded');
  }
});

test('of rows with the same address the first that makes sense counts, however it is written', async () => {
  const rows = Array.from({ length: 12 }, (_, index) => ({
    client_name: `Same ${index + 1}`,
    email: index % 2 === 0 ? 'Same@Bulk.example ' : 'same@bulk.example',
  }));
  const answer = await api.call('POST', path, { body: [{ email: 'same@bulk.example' }, ...rows] });
  expect([answer.body['accepted'], answer.body['refused']]).toEqual([1, 12]);
  const [nameless, first, ...later] = itemsOf(answer);
  expect([nameless?.reason_code, first?.status]).toEqual(['validation.failed', 'accepted']);
  for (const item of later)
    expect([item.reason_code, item.errors]).toEqual([
      'tenant.duplicate',
      [{ field: 'email', message: 'Is the address of row 2 too' }],
    ]);
  const made = await api.call('GET', `/api/provisioning/tenants/${first?.tenant ?? ''}`);
  expect(made.body['client_name']).toBe('Same 1');
});

test('takes CSV, and the same key takes it once', async () => {
  const text =
    'client_name,email,admin_user.first_name,admin_user.last_name\r\n"Quoted, ""Ltd""",q@bulk.example,Ann,Lee\r\nPlain,p@bulk.example,,\r\n';
  const first = await csv(text, { 'idempotency-key': 'bulk' });
  const again = await csv(text, { 'idempotency-key': 'bulk' });
  expect([
    first.status,
    first.body['accepted'],
    again.text === first.text,
    again.headers.get('idempotent-replayed'),
  ]).toEqual([202, 2, true, 'true']);
  const tenant = await api.call('GET', `/api/provisioning/tenants/${itemsOf(first)[0]?.tenant ?? ''}`);
  expect(tenant.body['client_name']).toBe('Quoted, "Ltd"');
});

test('a second attempt finds what a first one that died had created', async () => {
  const rows = [1, 2, 3].map((n) => ({ client_name: `Crash ${n}`, email: `crash${n}@bulk.example` }));
  const headers = { 'idempotency-key': 'bulk-crash' };
  const first = await api.call('POST', path, { body: rows, headers });
  await api.app.db.prisma.idempotencyKey.updateMany({
    where: { key: 'bulk-crash' },
    data: { status: null, lockedUntil: new Date(0) },
  });
  const second = await api.call('POST', path, { body: rows, headers });
  expect(itemsOf(second).map((item) => item.tenant)).toEqual(itemsOf(first).map((item) => item.tenant));
});

test('a CSV row that does not fit the first line is refused, and stops no other', async () => {
  const answer = await csv(
    'client_name,email,industry\nShort,short@bulk.example\nUnquoted, Ltd,x@bulk.example,IT\n' +
      'Long,long@bulk.example,IT,more\nM\ufffdller,mueller@bulk.example,\nLast,last@bulk.example,IT\n',
  );
  expect([answer.status, answer.body['accepted'], answer.body['refused']]).toEqual([202, 2, 3]);
  const refused = itemsOf(answer).filter(({ status }) => status === 'refused');
  expect(refused.map(({ row, errors }) => [row, errors.map(({ field }) => field)])).toEqual([
    [2, ['email', 'column 4']],
    [3, ['column 4']],
    [4, ['client_name']],
  ]);
});

test('a row of a hundred thousand lists in each other is refused like any other', async () => {
  const deep = `[{"client_name":"Deep","email":"deep@bulk.example"},${'['.repeat(100_000)}${']'.repeat(100_000)}]`;
  const answer = await api.call('POST', path, { body: deep, headers: { 'idempotency-key': 'deep' } });
  expect([answer.status, answer.body['accepted'], answer.body['refused']]).toEqual([202, 1, 1]);
});

test('refuses what is no list, an empty one, broken CSV, other types, and who may not', async () => {
  const statuses = [
    await api.call('POST', path, { body: { client_name: 'One' } }),
    await api.call('POST', path, { body: [] }),
    await csv('client_name,client_name\nA,B'),
    await csv('client_name,email\n"A"B,c@bulk.example'),
    await csv('"unclosed'),
    await api.call('POST', path, { body: '<xml/>', headers: { 'content-type': 'application/xml' } }),
    await api.call('POST', path, { body: [], token: null }),
    await api.call('POST', path, {
      body: 'nonsense',
      token: await api.tokenOf('demo-integration'),
      headers: { 'content-type': 'text/csv' },
    }),
    await api.call('GET', path),
  ].map((answer) => answer.status);
  expect(statuses).toEqual([400, 400, 400, 400, 400, 415, 401, 403, 405]);
});

test('what is wrong with a row is told five times at most, however much it is', async () => {
  const row = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`key${index}`, index]));
  const answer = await api.call('POST', path, { body: Array.from({ length: 50 }, () => row) });
  expect([answer.status, answer.body['refused']]).toEqual([202, 50]);
  for (const { errors } of itemsOf(answer)) expect(errors).toHaveLength(5);
});

test.each([
  ['numbers', `[${'1,'.repeat(4_000_000)}1]`],
  ['lists in each other', '['.repeat(2_000_000) + ']'.repeat(2_000_000)],
  ['keys that nobody knows', `[{${Array.from({ length: 500_000 }, (_, n) => `"k${n}":1`).join(',')}}]`],
])('refuses megabytes of %s once, without looking at them one by one', async (_what, body) => {
  const answer = await api.call('POST', path, { body });
  expect([answer.status, answer.body['errors']]).toEqual([
    400,
    [{ field: '', message: 'Must have at most 300000 values' }],
  ]);
});

test('analytics count the own creations only', async () => {
  const own = await api.call('GET', '/api/provisioning/analytics?days=7');
  expect(own.status).toBe(200);
  expect(own.body['creations']).toMatchObject({ failed: 0, succeeded: expect.any(Number) as unknown });
  const other = await api.call('GET', '/api/provisioning/analytics', {
    token: await api.tokenOf('other-partner'),
  });
  expect(other.body).toEqual({
    days: 30,
    tenants: {},
    creations: { succeeded: 0, failed: 0, live: 0, median_ms: null, p95_ms: null },
    failures: [],
    per_day: [],
  });
});
