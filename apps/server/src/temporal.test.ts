import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@gangway/db/test-database';
import { connectTemporalClient } from '@gangway/engine/testing/temporal-client';
import { findTemporal, startTemporal, type TemporalServer } from '@gangway/engine/testing/temporal-server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

// The built server on a real Temporal server: the workflows are those of the product, bundled as they are shipped.
describe.skipIf(!findTemporal())('the server on Temporal', () => {
  let temporal: TemporalServer;
  let database: TestDatabase;
  let dataDir: string;
  let child: ChildProcess;
  let url = '';
  let output = '';

  beforeAll(async () => {
    temporal = await startTemporal();
    database = await createTestDatabase();
    dataDir = await mkdtemp(path.join(tmpdir(), 'gangway-temporal-'));
    child = spawn(process.execPath, [MAIN], {
      env: {
        PATH: process.env['PATH'] ?? '',
        DATA_DIR: dataDir,
        DATABASE_URL: database.ownerUrl,
        TEMPORAL_ADDRESS: temporal.address,
        PORT: '0',
        DEMO: '1',
      },
      cwd: dataDir,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await vi.waitFor(() => expect(output).toMatch(/Gangway is ready at/), { timeout: 60_000 });
    url = /Gangway is ready at (\S+)/.exec(output)?.[1] ?? '';
  }, 90_000);
  afterAll(async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    await database.drop();
    await temporal.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const call = (method: string, where: string, body?: unknown) =>
    fetch(`${url}${where}`, {
      method,
      headers: { authorization: 'Bearer gwk_demo_partner_admin', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const json = async (where: string) => (await (await call('GET', where)).json()) as Record<string, unknown>;

  it('creates a tenant that was asked for over HTTP', async () => {
    const created = await call('POST', '/api/provisioning/tenants', {
      client_name: 'By HTTP',
      email: 'http@example.com',
    });
    expect(created.status).toBe(201);
    const { operation_run_id: runId } = (await created.json()) as { operation_run_id: string };
    await expect
      .poll(async () => (await json(`/api/provisioning/operation-runs/${runId}`))['status'], {
        timeout: 15_000,
      })
      .toBe('succeeded');
    expect(await json('/readyz')).toMatchObject({ status: 'ready' });
  }, 30_000);

  it('creates the same for a client that starts the workflow itself, and mails the password', async () => {
    const { client, close } = await connectTemporalClient(temporal.address);
    const adminUser = { firstName: 'Ada', lastName: 'Admin', email: 'straight@example.com' };
    const args = [
      { tenantName: 'Straight', adminUser, companyName: 'Straight Ltd', contractLine: 'professional' },
    ];
    const start = (workflowId: string) =>
      client.workflow.start('tenantCreationWorkflow', { workflowId, taskQueue: 'tenant-creation', args });
    const handle = await start('tenant-creation-1');
    // Without a key the answer is readable and holds no password; that is in the mail.
    expect(await handle.result()).toMatchObject({ success: true, emailSent: true, temporaryPassword: null });
    expect(await handle.query('getState')).toMatchObject({
      step: 'completed',
      progress: 100,
      tenantId: expect.any(String) as unknown,
      adminUserId: expect.any(String) as unknown,
      companyId: expect.any(String) as unknown,
      emailSent: true,
      error: null,
    });
    const { rows } = await database.db.pool.query<{ tenant: string; contract_line: string; status: string }>(
      `SELECT tenant, contract_line, status FROM tenants WHERE email = 'straight@example.com'`,
    );
    expect(rows).toMatchObject([{ contract_line: 'professional', status: 'active' }]);
    const mails = (await (await fetch(`${url}/api/demo/mailbox`)).json()) as { items: { to: string }[] };
    expect(mails.items.filter((mail) => mail.to.includes('straight@example.com'))).toHaveLength(1);
    const again = await start('tenant-creation-2');
    await expect(again.result()).rejects.toMatchObject({ cause: { cause: { type: 'DuplicateError' } } });
    await close();
  }, 30_000);

  it('runs the documented example as it is written, monitoring and signals included', async () => {
    const { client, close } = await connectTemporalClient(temporal.address);
    // What is asked for while the server is stopped is done in one go, so that the signals come before the steps.
    const whileStopped = async (ask: () => Promise<void>) => {
      child.kill('SIGSTOP');
      await ask().finally(() => child.kill('SIGCONT'));
    };
    const startExample = (email: string) =>
      client.workflow.start('tenantCreationWorkflow', {
        workflowId: `tenant-creation-${Date.now()}`,
        taskQueue: 'tenant-creation',
        args: [
          {
            tenantName: 'Acme Corp',
            adminUser: { firstName: 'John', lastName: 'Doe', email },
            companyName: 'Acme Corporation',
            contractLine: 'professional',
          },
        ],
      });
    let result = await startExample('john.doe@acme.com');
    const handle = client.workflow.getHandle(result.workflowId);
    const state = await handle.query<{ step: string; progress: number }>('getState');
    expect(`Current step: ${state.step} Progress: ${state.progress}%`).toMatch(
      /^Current step: [a-z_]+ Progress: \d+%$/,
    );
    expect(await handle.result()).toMatchObject({ success: true, createdAt: expect.any(String) as unknown });
    expect((await handle.fetchHistory()).events?.length).toBeGreaterThan(0);

    await whileStopped(async () => {
      result = await startExample('updated@acme.com');
      await result.signal('update', { field: 'contractLine', value: 'enterprise' });
    });
    expect(await result.result()).toMatchObject({ success: true });
    await whileStopped(async () => {
      result = await startExample('cancelled@acme.com');
      await result.signal('cancel', {
        reason: 'User requested cancellation',
        cancelledBy: 'admin@example.com',
      });
    });
    await expect(result.result()).rejects.toThrow();
    expect(await result.query('getState')).toMatchObject({ step: 'failed', error: 'run.cancelled' });
    const { rows } = await database.db.pool.query(
      `SELECT email, contract_line FROM tenants WHERE email LIKE '%@acme.com' ORDER BY email`,
    );
    expect(rows).toEqual([
      { email: 'john.doe@acme.com', contract_line: 'professional' },
      { email: 'updated@acme.com', contract_line: 'enterprise' },
    ]);
    await close();
  }, 60_000);

  it('answers the health check of those who know Temporal', async () => {
    const { client, close } = await connectTemporalClient(temporal.address);
    const options = { workflowId: 'health-check', taskQueue: 'tenant-creation' };
    const health: unknown = await client.workflow.execute('healthCheckWorkflow', options);
    expect(health).toEqual({ status: 'healthy', database: 'ok', mail: 'ok', keys: 'ok' });
    await close();
  }, 30_000);
});
