import { beforeAll, expect, test } from 'vitest';
import { openPartnerApi } from './test-open-partner-api.js';

const api = await openPartnerApi({ withoutEngine: true });
const { prisma } = api.app.db;
const tenants = '/api/provisioning/tenants';
/** The tenants whose creation failed, newest first. */
const failed: string[] = [];

async function post(name: string) {
  const body = { client_name: name, email: `${name}@failed.example`, phone_number: '+1234567890' };
  const answer = await api.call('POST', tenants, { body });
  return { tenant: String(answer.body['tenant']), run: String(answer.body['operation_run_id']) };
}
async function list(query: string, token?: string) {
  const answer = await api.call('GET', `${tenants}?${query}`, token === undefined ? {} : { token });
  const items = answer.body['items'] as Record<string, unknown>[];
  return { items, ids: items.map((item) => item['tenant']), next: answer.body['next_cursor'] };
}

beforeAll(async () => {
  const runs: string[] = [];
  for (const name of ['Ash', 'Birch', 'Cedar']) {
    const { tenant, run } = await post(name);
    await api.call('POST', `/api/provisioning/operation-runs/${run}/cancel`, { body: { reason: 'Mistake' } });
    failed.unshift(tenant);
    runs.push(run);
  }
  await api.startEngine();
  for (const run of runs) expect((await api.finished(run)).body['status']).toBe('failed');
});

test('creations that failed are listed as each is told, newest first, page by page', async () => {
  const { items, next } = await list('status=failed');
  const told = failed.map(async (tenant) => (await api.call('GET', `${tenants}/${tenant}`)).body);
  expect(items).toEqual(await Promise.all(told));
  expect(items[0]).toMatchObject({ client_name: 'Cedar', email: 'cedar@failed.example', status: 'failed' });
  expect(next).toBeNull();
  const first = await list('status=failed&limit=2');
  const second = await list(`status=failed&limit=2&cursor=${String(first.next)}`);
  expect([first.ids, second.ids, second.next]).toEqual([failed.slice(0, 2), failed.slice(2), null]);
});

test('they are found by a part of their name or address, in either case of its letters', async () => {
  const [cedar, birch, ash] = failed;
  expect((await list('status=failed&q=IRC')).ids).toEqual([birch]);
  expect((await list('status=failed&q=Ash@FAILED')).ids).toEqual([ash]);
  expect((await list('status=failed&limit=1&q=failed.example')).ids).toEqual([cedar]);
  expect((await list('status=failed&q=%25')).ids).toEqual([]);
});

test('they are in no other list, and in none of another partner', async () => {
  expect((await list('')).ids.filter((id) => failed.includes(String(id)))).toEqual([]);
  expect((await list('q=failed.example')).ids).toEqual([]);
  expect((await list('status=failed', await api.tokenOf('other-partner'))).ids).toEqual([]);
});

test('a tenant that is there is none of them, whatever became of its run, and one that failed twice is one', async () => {
  const { tenant, run } = await post('Parked');
  await api.finished(run);
  await prisma.operationRun.update({ where: { id: run }, data: { status: 'failed', held: true } });
  expect((await list('status=failed')).ids).toEqual(failed);
  await prisma.operationRun.update({ where: { id: run }, data: { held: false } });
  expect((await list('status=failed')).ids).toEqual(failed);
  expect((await api.call('GET', `${tenants}/${tenant}`)).body['status']).toBe('active');
  const [newest = ''] = failed;
  await prisma.operationRun.update({ where: { id: run }, data: { subjectId: newest } });
  const { items, ids } = await list('status=failed');
  expect(ids).toEqual(failed);
  expect(items[0]).toEqual((await api.call('GET', `${tenants}/${newest}`)).body);
});
