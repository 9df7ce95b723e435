import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './test-api.js';
import { callerOf, type Caller } from './test-caller.js';
import { seedWorkspace, seedPartner } from './test-place.js';

let api: TestApi;
let foreignId: string;
let outsider: Caller;

beforeAll(async () => {
  api = await startTestApi();
  foreignId = (await seedWorkspace(api, 'globex')).workspaceId;
  outsider = await callerOf(api, 'viewer@acme.example');
});
afterAll(() => api.close());
beforeEach(() => api.app.db.prisma.outsiderDenial.deleteMany());

const counts = async () => {
  await api.app.denials.flush();
  const rows = await api.app.db.prisma.outsiderDenial.findMany({ orderBy: { action: 'asc' } });
  return rows.map(({ actorId, action, denials, lastTargetId }) => ({
    ...{ actorId, action, denials, lastTargetId },
  }));
};
const trailOf = (workspaceId: string) => api.app.db.prisma.auditEvent.count({ where: { workspaceId } });

test('somebody who is not a member writes nothing to the trail of a workspace, and is counted by the hour', async () => {
  const before = await trailOf(foreignId);
  for (let calls = 0; calls < 12; calls += 1) {
    const workspaceId = calls % 2 ? foreignId : randomUUID();
    expect((await outsider.query('members.list', { workspaceId })).status).toBe(404);
  }
  expect((await outsider.mutate('members.invite', { workspaceId: 'globex' })).status).toBe(404);
  const user = await api.app.db.prisma.user.findUniqueOrThrow({ where: { email: 'viewer@acme.example' } });
  expect(await counts()).toEqual([
    { actorId: user.userId, action: 'members.invite', denials: 1, lastTargetId: null },
    { actorId: user.userId, action: 'members.list', denials: 12, lastTargetId: foreignId },
  ]);
  await outsider.query('members.list', { workspaceId: foreignId });
  expect((await counts()).at(-1)).toMatchObject({ action: 'members.list', denials: 13 });
  expect(await trailOf(foreignId)).toBe(before);
});

test('a partner that names what is of another one is counted too, and stands in its own trail alone', async () => {
  const { prisma } = api.app.db;
  const { place } = await seedPartner(api, 'other-partner');
  const { bearer } = await seedPartner(api, 'demo-partner');
  const trail = () =>
    prisma.auditEvent.groupBy({ by: ['partnerId'], _count: true, orderBy: { partnerId: 'asc' } });
  const before = await trail();
  for (const input of [{ tenant: place.tenant }, { tenant: randomUUID() }])
    expect((await api.call('provisioning.tenants.get', 'query', input, bearer)).status).toBe(404);
  expect(
    (await api.call('provisioning.webhooks.delete', 'mutation', { id: place.webhook }, bearer)).status,
  ).toBe(404);
  expect((await counts()).map(({ action, denials }) => [action, denials])).toEqual([
    ['tenants.get', 2],
    ['webhooks.delete', 1],
  ]);
  const { partnerId } = await prisma.partnerClient.findUniqueOrThrow({ where: { clientId: 'demo-partner' } });
  const grown = (await trail()).map((row, index) => [
    row.partnerId,
    row._count - (before[index]?._count ?? 0),
  ]);
  expect(grown.filter(([, more]) => more !== 0)).toEqual([[partnerId, 3]]);
});

test('what a member is denied is in the trail one by one at first, and above that in one event', async () => {
  const { id: workspaceId } = await api.app.db.prisma.workspace.findUniqueOrThrow({
    where: { slug: 'acme' },
  });
  const member = await callerOf(api, 'operator@acme.example');
  const ask = async (times: number) => {
    for (let calls = 0; calls < times; calls += 1)
      expect((await member.mutate('members.invite', { workspaceId })).status).toBe(403);
    await api.app.denials.flush();
  };
  const events = () =>
    api.app.db.prisma.auditEvent.findMany({
      where: { workspaceId, action: 'members.invite', outcome: 'denied' },
      orderBy: { id: 'asc' },
    });
  await ask(20);
  expect((await events()).map(({ data }) => data)).toEqual(Array.from({ length: 20 }, () => null));
  await ask(7);
  await ask(3);
  const [last, ...earlier] = (await events()).toReversed();
  expect(earlier).toHaveLength(20);
  expect(last).toMatchObject({
    actorLabel: 'operator@acme.example',
    reasonCode: 'capability.missing',
    data: { repeated: '10' },
  });
  const owner = await callerOf(api, 'owner@acme.example');
  expect((await owner.query('audit.list', { workspaceId, outcome: 'denied' })).body).toContain(
    '"repeated":"10"',
  );
});
