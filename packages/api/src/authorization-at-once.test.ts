import { beforeEach, describe, expect, test } from 'vitest';
import { openAcme } from './test-acme.js';
import { holdAudit, type Call } from './test-at-once.js';
import type { Told } from './test-caller.js';
import { INPUTS, prepare, type Prepared } from './test-mutations.js';
import { seedPartner } from './test-place.js';
import { procedureTable } from './procedure-table.js';

// Every mutation of the workspace plane, and at the same time what takes the right to it away: whichever is first in the
// database counts, and the other one sees it. A new mutation is covered by an input of its own, without which this fails.

const acme = await openAcme();
const { api, owner, admin, workspaceId } = acme;
const { prisma } = api.app.db;
const partner = await seedPartner(api, 'demo-partner');

const mutations = procedureTable.filter(({ scope, type }) => scope === 'workspace' && type === 'mutation');
const { tenant } = await prisma.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
const { userId } = await prisma.user.findUniqueOrThrow({ where: { email: 'admin@acme.example' } });
const membership = { workspaceId, userId };
// For the calls that are refused.
const untouched = await prepare(acme);

const asPartner = async (path: string): Promise<number> =>
  (await api.call(`provisioning.tenants.${path}`, 'mutation', { tenant }, partner.bearer)).status;

/** What takes the admin's right away, through the product, and how each call of theirs is answered from then on. */
const CHANGES = [
  {
    name: 'demoted',
    make: async () => (await owner.mutate('members.changeRole', { ...membership, role: 'viewer' })).status,
    answer: [403, 'capability.missing'],
  },
  {
    name: 'removed',
    make: async () => (await owner.mutate('members.remove', membership)).status,
    answer: [404, 'workspace.not_found'],
  },
  { name: 'suspended', make: () => asPartner('suspend'), answer: [403, 'workspace.suspended'] },
] as const;

beforeEach(async () => {
  await asPartner('reactivate');
  const role = 'admin';
  await prisma.membership.upsert({
    where: { workspaceId_userId: membership },
    create: { ...membership, role },
    update: { role },
  });
});

/** All that mutations write, but for what the changes above write. */
async function rowsNow(): Promise<unknown> {
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT IN (
       'browser_sessions', 'rate_limits', '_prisma_migrations', 'memberships', 'tenants', 'workspaces', 'webhook_deliveries')`;
  const one = ({ name }: { name: string }) =>
    `SELECT '${name}' AS name, count(*)::int AS rows, md5(string_agg(t::text, '|' ORDER BY t::text)) AS hash FROM "${name}" t` +
    (name === 'audit_events' ? ` WHERE outcome = 'allowed' AND actor_label = 'admin@acme.example'` : '');
  return prisma.$queryRawUnsafe(`${tables.map(one).join(' UNION ALL ')} ORDER BY name`);
}

describe.each(mutations.map(({ path }) => path))('%s', (path) => {
  const inputOn = (prepared: Prepared) => ({ workspaceId, ...INPUTS[path]?.(prepared) });

  test('has an input', () => {
    expect(Object.keys(INPUTS)).toContain(path);
  });

  test.each(CHANGES)('by someone who is $name first', async ({ make, answer }) => {
    const input = inputOn(untouched);
    const before = await rowsNow();
    const held = await holdAudit(api);
    const change = await held.start(make);
    const call = await held.start(() => api.call(path, 'mutation', input, admin.cookie));
    await held.release();
    expect(await change.ends).toBe(200);
    const told = await call.ends;
    expect([told.status, told.body.includes(answer[1])]).toEqual([answer[0], true]);
    expect(call.waitsFor).toEqual([change.pid]);
    // As everybody is answered who comes later.
    expect(told).toEqual(await api.call(path, 'mutation', input, admin.cookie));
    expect(await rowsNow()).toEqual(before);
  });

  test.each(CHANGES)('by someone who is $name meanwhile', async ({ make }) => {
    const input = inputOn(await prepare(acme));
    const held = await holdAudit(api);
    const call: Call<Told> = await held.start(() => admin.mutate(path, input));
    const change = await held.start(make);
    await held.release();
    expect([(await call.ends).reason, await change.ends]).toEqual([null, 200]);
    expect(call.waitsFor).toEqual([held.pid]);
    expect(change.waitsFor).toEqual([call.pid]);
  });
});
