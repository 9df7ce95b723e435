import { startTestPartnerApi, type TestPartnerApi } from '@gangway/api/rest/test-partner-api';
import { readTestServer, runOnServer } from '@gangway/db/test-database';
import { Registry } from 'prom-client';
import { afterEach, expect, test } from 'vitest';
import { registerBacklogMetrics } from './backlog-metrics.js';
import { createOperationMetrics } from './operation-metrics.js';

let api: TestPartnerApi;
afterEach(() => api.close());

const create = (email: string) =>
  api.call('POST', '/api/provisioning/tenants', { body: { client_name: 'Measured', email } });
/** The value of a number by its name and labels, or undefined. */
const valueOf = (text: string, line: string) => {
  const found = text.split('\n').find((one) => one.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length + 1));
};

test('counts what waits, by type and outbox, and says so when the database is away', async () => {
  api = await startTestPartnerApi({ withoutEngine: true });
  const registry = new Registry();
  registerBacklogMetrics(registry, api.app);
  await create('one@measured.example');
  await create('two@measured.example');
  const before = await registry.metrics();
  expect(valueOf(before, 'gangway_database_up')).toBe(1);
  expect(valueOf(before, 'gangway_operation_runs_live{type="tenant.create",status="queued"}')).toBe(2);
  expect(valueOf(before, 'gangway_operation_runs_live{type="tenant.create",status="running"}')).toBe(0);
  expect(
    valueOf(before, 'gangway_operation_runs_oldest_queued_seconds{type="tenant.create"}'),
  ).toBeGreaterThan(0);
  expect(valueOf(before, 'gangway_outbox_queued{outbox="mail"}')).toBe(0);

  await api.app.db.prisma.$executeRaw`
    INSERT INTO mail_messages (id, message_id, recipient, sender, subject, status, body_ciphertext, next_attempt_at)
    VALUES (gen_random_uuid(), 'due', 'a@b.example', 'c@d.example', 'Due', 'queued', 'x', now() - interval '1 hour'),
           (gen_random_uuid(), 'later', 'a@b.example', 'c@d.example', 'Later', 'queued', 'x', now() + interval '1 hour'),
           (gen_random_uuid(), 'failed', 'a@b.example', 'c@d.example', 'Failed', 'failed', 'x', now()),
           (gen_random_uuid(), 'erased', 'a@b.example', 'c@d.example', 'Erased', 'failed', NULL, now())`;
  const text = await registry.metrics();
  expect(valueOf(text, 'gangway_outbox_queued{outbox="mail"}')).toBe(2);
  expect(valueOf(text, 'gangway_outbox_due{outbox="mail"}')).toBe(1);
  expect(valueOf(text, 'gangway_outbox_oldest_due_seconds{outbox="mail"}')).toBeGreaterThanOrEqual(3_600);

  expect(valueOf(text, 'gangway_mails_given_up')).toBe(1);

  const name = new URL(api.ownerUrl).pathname.slice(1);
  await runOnServer(readTestServer(), `ALTER DATABASE ${name} CONNECTION LIMIT 0`);
  await runOnServer(
    readTestServer(),
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  );
  const away = await registry.metrics();
  expect(valueOf(away, 'gangway_database_up')).toBe(0);
  expect(valueOf(away, 'gangway_outbox_queued{outbox="mail"}')).toBeUndefined();
});

test('measures ended runs and their steps by type, each once, and only what was written', async () => {
  api = await startTestPartnerApi();
  const registry = new Registry();
  const metrics = createOperationMetrics(registry, api.app);
  const made = await create('ended@measured.example');
  const id = String(made.body['operation_run_id']);
  await api.finished(id);
  const unwritten = crypto.randomUUID();
  for (const one of [id, id, unwritten]) metrics.ended({ id: one, type: 'tenant.create', held: false });
  metrics.ended({ id, type: 'tenant.create', held: true });
  await registry.metrics();
  const text = await registry.metrics();
  const run = 'gangway_operation_run_duration_seconds';
  const step = 'gangway_operation_step_duration_seconds';
  expect(valueOf(text, `${run}_count{type="tenant.create",status="succeeded"}`)).toBe(1);
  for (const name of ['creating_tenant', 'creating_admin_user', 'setting_up_data', 'sending_welcome_email'])
    expect(valueOf(text, `${step}_count{type="tenant.create",step="${name}",status="succeeded"}`)).toBe(1);
  expect(valueOf(text, 'gangway_operation_runs_parked_total{type="tenant.create"}')).toBe(1);
});

test('counts failures of runs by reason, and of steps with their retries', async () => {
  api = await startTestPartnerApi();
  const registry = new Registry();
  const metrics = createOperationMetrics(registry, api.app);
  const made = await create('failed@measured.example');
  const id = String(made.body['operation_run_id']);
  await api.finished(id);
  await api.app.db.prisma.$executeRaw`
    UPDATE operation_runs SET status = 'failed', reason_code = 'run.timeout' WHERE id = ${id}::uuid`;
  await api.app.db.prisma.$executeRaw`
    UPDATE operation_run_steps SET failures = 3, status = 'failed' WHERE run_id = ${id}::uuid AND position = 1`;
  metrics.ended({ id, type: 'tenant.create', held: false });
  const text = await registry.metrics();
  expect(
    valueOf(text, 'gangway_operation_run_failures_total{type="tenant.create",reason_code="run.timeout"}'),
  ).toBe(1);
  expect(
    valueOf(text, 'gangway_operation_step_failures_total{type="tenant.create",step="creating_admin_user"}'),
  ).toBe(3);
});
