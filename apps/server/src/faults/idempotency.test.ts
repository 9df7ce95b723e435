import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { callPartner, hasEnded, untilRun } from '../testing/partner-client.js';
import { createProductFixture, type ProductFixture } from '../testing/product-fixture.js';
import { endServer } from '../testing/spawn-server.js';

// The built server is killed with kill -9 in the middle of a request that carries a key; the next one takes it up.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let fixture: ProductFixture;
let blocker: pg.Client;
beforeAll(async () => {
  fixture = await createProductFixture();
  blocker = new pg.Client({ connectionString: fixture.ownerUrl });
  await blocker.connect();
});
afterAll(async () => {
  await blocker.end();
  await fixture.drop();
});

const countOf = async (sql: string, values: unknown[]) =>
  Number((await fixture.owner.query<{ n: string }>(`SELECT count(*) AS n FROM ${sql}`, values)).rows[0]?.n);
const until = (sql: string, values: unknown[]) =>
  vi.waitFor(async () => expect(await countOf(sql, values)).toBe(1), { timeout: 20_000, interval: 20 });

async function killInTheMiddle(name: string, moment: 'before' | 'after') {
  const body = { client_name: name, email: `${name}@example.com` };
  const first = await fixture.start({ DEMO: '1' });
  // Nobody can write a tenant: the request has its key, and waits.
  await blocker.query('BEGIN; LOCK TABLE tenants IN EXCLUSIVE MODE');
  const lost = callPartner(first.url, 'POST', '/tenants', { body, key: name }).catch(() => null);
  await until('idempotency_keys WHERE key = $1', [name]);
  const busy = await callPartner(first.url, 'POST', '/tenants', { body, key: name });
  expect([busy.status, busy.body['reason_code'], busy.headers.get('retry-after')]).toEqual([
    409,
    'idempotency.in_flight',
    '1',
  ]);
  if (moment === 'after') {
    // It may write the tenant, and waits again before it can keep its answer.
    const second = new pg.Client({ connectionString: fixture.ownerUrl });
    await second.connect();
    await second.query('BEGIN');
    await second.query('SELECT FROM idempotency_keys WHERE key = $1 FOR UPDATE', [name]);
    await blocker.query('COMMIT');
    await until('tenants WHERE email = $1', [body.email]);
    await endServer(first, 'SIGKILL');
    // A server process that waits for a lock does not notice that nobody is there any more: it would still keep the answer.
    await fixture.owner.query(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    await second.end();
  } else {
    await endServer(first, 'SIGKILL');
    await blocker.query('COMMIT');
  }
  expect(await lost).toBeNull();

  const next = await fixture.start({ DEMO: '1' });
  // Whoever was at it may still be: for half a minute the key is theirs. Here that time is over at once.
  expect((await callPartner(next.url, 'POST', '/tenants', { body, key: name })).status).toBe(409);
  await fixture.owner.query('UPDATE idempotency_keys SET locked_until = now() WHERE key = $1', [name]);
  const resumed = await callPartner(next.url, 'POST', '/tenants', { body, key: name });
  expect([resumed.status, resumed.headers.get('idempotent-replayed')]).toEqual([201, null]);
  const runId = String(resumed.body['operation_run_id']);
  expect(await untilRun(next.url, runId, hasEnded)).toMatchObject({ status: 'succeeded' });
  const replayed = await callPartner(next.url, 'POST', '/tenants', { body, key: name });
  expect([replayed.text, replayed.headers.get('idempotent-replayed')]).toEqual([resumed.text, 'true']);

  const tenant = String(resumed.body['tenant']);
  const made = {
    tenants: await countOf('tenants WHERE email = $1', [body.email]),
    runs: await countOf('operation_runs WHERE subject_id = $1', [tenant]),
    mails: await countOf('mail_messages WHERE recipient = $1', [body.email]),
  };
  await endServer(next);
  return made;
}

const ONCE = { tenants: 1, runs: 1, mails: 1 };

it('before the tenant is written: the second attempt writes it', async () => {
  expect(await killInTheMiddle('early', 'before')).toEqual(ONCE);
});

it('after the tenant is written and before the answer is kept: the second attempt finds it', async () => {
  expect(await killInTheMiddle('late', 'after')).toEqual(ONCE);
});
