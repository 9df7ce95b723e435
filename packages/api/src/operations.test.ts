import * as operations from '@gangway/contract/operations';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openAcme } from './test-acme.js';
import { atOnce, callerOf } from './test-caller.js';
import { connect } from './test-onboarding.js';

const { api, owner, admin, workspaceId } = await openAcme();

/** A managed tenant whose connection was verified, as the finished run leaves it. */
async function verified() {
  const { session, managedTenantId, providerConnectionId } = await connect(owner, workspaceId);
  const run = await owner.mutate('onboarding.startVerification', session);
  await finish(String(run.data['operationRunId']), 'succeeded');
  await api.app.db.prisma.providerConnection.update({
    where: { id: providerConnectionId },
    data: { checkedRevision: 1, checkedOutcome: 'verified', verifiedAt: new Date() },
  });
  return { session, managedTenantId };
}

const finish = (id: string, status: 'succeeded' | 'failed') =>
  api.app.db.prisma.operationRun.update({ where: { id }, data: { status, finishedAt: new Date() } });
const idsOf = (data: unknown) =>
  z.object({ operationRunIds: z.array(z.string()) }).parse(data).operationRunIds;

test('many that start overlapping operations at once share one run of each', async () => {
  const { session, managedTenantId } = await verified();
  const asked = [
    ['inventory.users', 'inventory.domains', 'posture.security_defaults'],
    ['posture.security_defaults', 'inventory.users', 'inventory.users'],
  ];
  const told = await atOnce(20, (index) =>
    (index % 2 ? owner : admin).mutate('onboarding.startBootstrap', {
      ...session,
      operationTypes: asked[index % 2],
    }),
  );
  expect(new Set(told.map(({ status }) => status))).toEqual(new Set([200]));
  const runs = await api.app.db.prisma.operationRun.findMany({
    where: { managedTenantId, type: { not: 'provider.connection.check' } },
  });
  expect(runs.map(({ type }) => type).sort()).toEqual([...(asked[0] ?? [])].sort());
  const typeOf = new Map(runs.map(({ id, type }) => [id, type]));
  told.forEach(({ data }, index) =>
    expect(idsOf(data).map((id) => typeOf.get(id))).toEqual(asked[index % 2]),
  );
  const start = { workspaceId, managedTenantId, operationType: 'inventory.users' };
  expect(typeOf.has(String((await admin.mutate('operations.start', start)).data['operationRunId']))).toBe(
    true,
  );
});

test('a failed run is tried again once, however often that is asked; others are not', async () => {
  const { managedTenantId } = await verified();
  const start = { workspaceId, managedTenantId, operationType: 'inventory.users' };
  const operationRunId = String((await owner.mutate('operations.start', start)).data['operationRunId']);
  const early = await owner.mutate('operations.retry', { workspaceId, operationRunId });
  expect([early.status, early.reason]).toEqual([409, 'run.not_retryable']);
  await finish(operationRunId, 'failed');
  const told = await atOnce(12, () => owner.mutate('operations.retry', { workspaceId, operationRunId }));
  expect(new Set(told.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(told.map(({ data }) => data['operationRunId'])).size).toBe(1);
  expect(told[0]?.data['operationRunId']).not.toBe(operationRunId);
});

test('an unknown operation, one that is not for workspaces, and one that cannot run are refused', async () => {
  const { managedTenantId } = await verified();
  const start = (operationType: string) =>
    owner.mutate('operations.start', { workspaceId, managedTenantId, operationType });
  for (const type of [
    'inventory.everything',
    'tenant.create',
    'tenant.delete',
    '__proto__',
    'constructor',
    '',
  ]) {
    const told = await start(type);
    expect([type, told.status, told.reason]).toEqual([type, 400, 'validation.failed']);
  }
  await api.app.db.prisma.providerConnection.updateMany({
    where: { managedTenantId },
    data: { revision: 2 },
  });
  const stale = await start('inventory.users');
  expect([stale.status, stale.reason]).toEqual([409, 'operation.cannot_run']);
});

const page = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().nullable() });

test.each(['operations.list', 'onboarding.list', 'managedTenants.list', 'connections.list', 'audit.list'])(
  '%s tells everything once, page by page, and nothing of elsewhere by a foreign cursor',
  async (path) => {
    await verified();
    const whole = page.parse((await owner.query(path, { workspaceId, limit: 100 })).data).items;
    expect(whole.length).toBeGreaterThan(1);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const told = await owner.query(path, { workspaceId, limit: 2, ...(cursor ? { cursor } : {}) });
      const { items, nextCursor } = page.parse(told.data);
      seen.push(...items.map(({ id }) => id));
      cursor = nextCursor;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.slice(0, 100)).toEqual(whole.map(({ id }) => id));

    const foreigner = await callerOf(api, 'owner@globex.example');
    const elsewhere = (await foreigner.query('workspaces.get', { workspaceId: 'globex' })).data['id'];
    const told = await foreigner.query(path, { workspaceId: elsewhere, cursor: seen[0] });
    expect(told.status).toBe(200);
    expect(page.parse(told.data).items.filter(({ id }) => seen.includes(id))).toEqual([]);
  },
);

test.each(['x', '', '0', "' OR 1=1 --", '0198c0de-0000-7000-8000-00000000000', '{"id":1}'])(
  'the cursor %j is refused',
  async (cursor) => {
    const told = await owner.query('operations.list', { workspaceId, cursor });
    expect([told.status, told.data['fieldErrors']]).toEqual([
      400,
      [{ field: 'cursor', message: 'Must be a cursor of an earlier page' }],
    ]);
  },
);

test('the list of runs names the tenant and is filtered by it; a run tells its events from the beginning', async () => {
  const { managedTenantId } = await verified();
  const filtered = await owner.query('operations.list', { workspaceId, managedTenantId });
  const { items } = operations.list.out.parse(filtered.data);
  expect(items.map((run) => [run.managedTenantId, run.managedTenantName])).toEqual([
    [managedTenantId, 'Contoso'],
  ]);
  const named = { workspaceId, operationRunId: items[0]?.id };
  const told = operations.events.out.parse((await owner.query('operations.events', named)).data);
  expect(told.items.map(({ seq, kind }) => [seq, kind])).toEqual([[1, 'run.queued']]);
});
