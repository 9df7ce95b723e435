import { PERMISSIONS } from '@gangway/contract/permissions';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { appRouter } from './app-router.js';
import { procedureTable } from './procedure-table.js';
import { startTestApi } from './test-api.js';
import { holdAudit } from './test-at-once.js';
import { validInputs } from './test-inputs.js';
import { seedPartner } from './test-place.js';

// Every mutation of the partner plane by a key that is revoked at the same time: it is authorized before, and writes
// nothing after.

const api = await startTestApi();
afterAll(() => api.close());
const { bearer, place } = await seedPartner(api, 'demo-partner');
const { prisma } = api.app.db;

/** One statement each, which looks at the credential itself, and what writes nothing that needs a right. */
const IN_ONE_STATEMENT = ['tenants.create', 'tenants.bulk', 'mailTemplates.preview', 'operationRuns.get'];
/** Keys lock each other, in their own order. */
const isOfKeys = (path: string) => path.startsWith('provisioning.apiKeys.');
const mutations = procedureTable.filter(
  ({ scope, type, path }) =>
    scope === 'partner' &&
    type === 'mutation' &&
    !isOfKeys(path) &&
    !IN_ONE_STATEMENT.includes(path.replace('provisioning.', '')),
);
const created = z.object({ result: z.object({ data: z.object({ id: z.string(), key: z.string() }) }) });

/** A key with all permissions that was used a moment ago, as its row says. */
async function makeKey(): Promise<{ id: string; keyBearer: string }> {
  const input = { name: 'at once', permissions: [...PERMISSIONS] };
  const { data } = await api.call('provisioning.apiKeys.create', 'mutation', input, bearer);
  const { id, key } = created.parse(data).result.data;
  const keyBearer = `Bearer ${key}`;
  await api.call('provisioning.tenants.list', 'query', {}, keyBearer);
  return { id, keyBearer };
}

function inputOf(path: string): unknown {
  const procedure = Reflect.get(appRouter._def.procedures, path) as { _def: { inputs: z.ZodType[] } };
  const isWebhook = path.startsWith('provisioning.webhooks.');
  const id = path.endsWith('.redeliver') ? place.delivery : isWebhook ? place.webhook : place.id;
  const [schema] = procedure._def.inputs;
  const [input] = schema ? validInputs(schema, { ...place, id }) : [];
  const words = { subject: 'Hello', text: '{{accept_url}}', html: null };
  if (path.endsWith('mailTemplates.put')) return { key: 'invitation', ...words };
  if (path.endsWith('mailTemplates.delete')) return { key: 'invitation' };
  return path.endsWith('.rollBack') ? { ...Object(input), dry_run: false } : input;
}

async function auditedBy(keyId: string): Promise<number> {
  return prisma.auditEvent.count({ where: { actorId: keyId, outcome: 'allowed' } });
}

test.each(mutations.map(({ path }) => path))(
  '%s: not by a key that is revoked at this moment',
  async (path) => {
    const { id, keyBearer } = await makeKey();
    const held = await holdAudit(api);
    const revoked = await held.start(() =>
      api.call('provisioning.apiKeys.revoke', 'mutation', { id }, bearer),
    );
    const call = await held.start(() => api.call(path, 'mutation', inputOf(path), keyBearer));
    await held.release();
    expect((await revoked.ends).status).toBe(200);
    const { status, body } = await call.ends;
    expect([status, body.includes('auth.required')]).toEqual([401, true]);
    expect(call.waitsFor).toEqual([revoked.pid]);
    expect(await auditedBy(id)).toBe(0);
  },
);

test('a right that is taken from a client at this moment is not used', async () => {
  const { holder, waiting } = await hold(
    `UPDATE partner_clients SET permissions = array_remove(permissions, 'tenant:update') WHERE client_id = 'demo-partner'`,
  );
  const { tenant } = place;
  const input = { tenant, client_name: 'Renamed' };
  const call = api.call('provisioning.tenants.update', 'mutation', input, bearer);
  await waiting();
  await holder.query('COMMIT');
  holder.release();
  const { status, body } = await call;
  expect([status, body.includes('partner.permission_missing')]).toEqual([403, true]);
  await prisma.partnerClient.update({
    where: { clientId: 'demo-partner' },
    data: { permissions: [...PERMISSIONS] },
  });
  expect((await prisma.tenant.findUniqueOrThrow({ where: { tenant } })).companyName).toBe('Place');
});

test('a bulk request ends with its key: the rows that come after it are refused', async () => {
  const { id, keyBearer } = await makeKey();
  const emailOf = (row: number) => `row-${row}@fabrikam.example`;
  const rows = Array.from({ length: 12 }, (_, row) => ({ client_name: `Row ${row}`, email: emailOf(row) }));
  // Rows 4 to 7 wait for somebody else who is about to have their addresses.
  const { holder, waiting } = await hold(`
    INSERT INTO tenants (tenant, partner_id, company_name, email, status)
    SELECT gen_random_uuid(), partner_id, 'Held', 'row-' || n || '@fabrikam.example', 'active'
      FROM partner_clients, generate_series(4, 7) n WHERE client_id = 'demo-partner'`);
  const call = api.call('provisioning.tenants.bulk', 'mutation', rows, keyBearer);
  await waiting();
  await prisma.apiKey.update({ where: { id }, data: { revokedAt: new Date() } });
  await holder.query('ROLLBACK');
  holder.release();
  await call;
  const made = await prisma.tenant.findMany({
    where: { email: { startsWith: 'row-' } },
    select: { email: true },
  });
  // Four rows are worked on at once: none of the last four was begun before the key ended.
  const emails = made.map(({ email }) => email);
  expect(emails.length).toBeGreaterThan(0);
  expect(emails.filter((email) => [8, 9, 10, 11].map(emailOf).includes(email))).toEqual([]);
});

/** Runs a statement in a transaction that stays open; `waiting` until somebody waits for it. */
async function hold(statement: string) {
  const holder = await api.app.db.pool.connect();
  await holder.query('BEGIN');
  await holder.query(statement);
  const waiting = () =>
    expect
      .poll(
        () => prisma.$queryRaw`
          SELECT pid FROM pg_stat_activity
           WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`,
        { timeout: 10_000 },
      )
      .not.toHaveLength(0);
  return { holder, waiting };
}
