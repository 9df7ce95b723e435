import { expect, test } from 'vitest';
import { openPartnerApi } from './test-open-partner-api.js';

const api = await openPartnerApi({ withoutEngine: true });
const { prisma } = api.app.db;
const runs = '/api/provisioning/operation-runs';

async function create(name: string): Promise<string> {
  const body = { client_name: name, email: `${name}@listed.example` };
  const answer = await api.call('POST', '/api/provisioning/tenants', { body });
  return String(answer.body['operation_run_id']);
}
async function list(query = '', token?: string) {
  const answer = await api.call('GET', `${runs}${query}`, token === undefined ? {} : { token });
  expect(answer.status).toBe(200);
  const items = answer.body['items'] as Record<string, unknown>[];
  return { items, ids: items.map((item) => item['id']), next: answer.body['next_cursor'], text: answer.text };
}

test('runs are listed newest first, page by page, for their partner alone, as each is told', async () => {
  const [ash, birch, cedar] = [await create('ash'), await create('birch'), await create('cedar')];
  expect((await list()).ids).toEqual([cedar, birch, ash]);
  const first = await list('?limit=2');
  expect(first.ids).toEqual([cedar, birch]);
  expect(await list(`?limit=2&cursor=${String(first.next)}`)).toMatchObject({ ids: [ash], next: null });
  expect((await list('', await api.tokenOf('other-partner'))).ids).toEqual([]);
  const told = (await api.call('GET', `${runs}/${cedar}`)).body;
  expect(told).toMatchObject(first.items[0] ?? {});
  expect(first.text).not.toMatch(/"(steps|result|input)"/);
});

test('those that go on and those that are parked are found among the others', async () => {
  const [parked, over, live] = [await create('dogwood'), await create('elm'), await create('fir')];
  const set = (id: string, data: { status: string; held?: boolean }) =>
    prisma.operationRun.update({ where: { id }, data: { ...data, finishedAt: new Date() } });
  await set(parked, { status: 'failed', held: true });
  await set(over, { status: 'succeeded' });
  expect((await list('?state=held')).items).toMatchObject([{ id: parked, held: true, status: 'failed' }]);
  const { ids } = await list('?state=live');
  expect(ids).toContain(live);
  expect(ids).not.toContain(parked);
  expect(ids).not.toContain(over);
  expect((await api.call('GET', `${runs}?state=other`)).status).toBe(400);
  expect((await api.call('GET', `${runs}?cursor=other`)).status).toBe(400);
});
