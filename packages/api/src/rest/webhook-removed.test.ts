import pg from 'pg';
import { expect, test } from 'vitest';
import { openPartnerApi } from './test-open-partner-api.js';
import type { PartnerAnswer } from './test-partner-api.js';

const api = await openPartnerApi({ withoutEngine: true });
const { prisma } = api.app.db;
const base = '/api/provisioning/webhooks';

/** Asks while an endpoint is being removed: the removal is committed when the request waits for it. */
async function askWhileRemoved(ask: (id: string) => Promise<PartnerAnswer>): Promise<PartnerAnswer> {
  const body = { url: 'https://93.184.215.14/hook', events: ['tenant.updated'] };
  const id = String((await api.call('POST', base, { body })).body['id']);
  const remover = new pg.Client({ connectionString: api.ownerUrl });
  await remover.connect();
  await remover.query('BEGIN');
  await remover.query('DELETE FROM webhook_endpoints WHERE id = $1', [id]);
  const asked = ask(id);
  const waiting = `SELECT count(*)::int AS count FROM pg_locks WHERE NOT granted
     AND pg_backend_pid() = ANY (pg_blocking_pids(pid))`;
  await expect
    .poll(async () => (await remover.query<{ count: number }>(waiting)).rows[0]?.count, { timeout: 5_000 })
    .toBe(1);
  await remover.query('COMMIT');
  await remover.end();
  return asked;
}

test('a test of an endpoint that is removed meanwhile finds none, and is not on record', async () => {
  const answer = await askWhileRemoved((id) => api.call('POST', `${base}/${id}/test`));
  expect([answer.status, answer.body['reason_code']]).toEqual([404, 'resource.not_found']);
  expect(await prisma.auditEvent.count({ where: { action: 'webhooks.test', outcome: 'allowed' } })).toBe(0);
});

test('a change that an endpoint is to be told succeeds when that is removed meanwhile', async () => {
  const { tenant } = await prisma.tenant.findFirstOrThrow({ where: { status: 'active' } });
  const answer = await askWhileRemoved(() =>
    api.call('PATCH', `/api/provisioning/tenants/${tenant}`, { body: { industry: 'Health' } }),
  );
  expect([answer.status, answer.body['industry']]).toEqual([200, 'Health']);
  expect(await prisma.webhookDelivery.count()).toBe(0);
});
