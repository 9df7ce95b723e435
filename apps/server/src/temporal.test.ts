import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@gangway/db/test-database';
import { connectTemporalClient } from '@gangway/engine/testing/temporal-client';
import { runTemporalProgram } from '@gangway/engine/testing/temporal-program';
import {
  findTemporal,
  isUsualPortOurs,
  startTemporal,
  type TemporalServer,
  USUAL_PORT,
} from '@gangway/engine/testing/temporal-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const PAGE = new URL('../../../docs/provisioning.md', import.meta.url);
const isPortOurs = await isUsualPortOurs();

// The built server on a real Temporal server: the workflows are those of the product, bundled as they are shipped.
describe.skipIf(!findTemporal())('the server on Temporal', () => {
  let temporal: TemporalServer;
  let database: TestDatabase;
  let dataDir: string;
  let child: ChildProcess;
  let url = '';
  let output = '';

  beforeAll(async () => {
    temporal = await startTemporal(isPortOurs ? { port: USUAL_PORT } : {});
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
  const findMails = async (email: string) => {
    const { items } = (await (await fetch(`${url}/api/demo/mailbox`)).json()) as { items: { to: string }[] };
    return items.filter((mail) => mail.to.includes(email));
  };
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

  it('answers a creation that waits in the call when its workflow has ended', async () => {
    const response = await fetch(`${url}/api/provisioning/tenants`, {
      method: 'POST',
      headers: {
        ...{ authorization: 'Bearer gwk_demo_partner_admin', 'content-type': 'application/json' },
        prefer: 'wait=25',
      },
      body: JSON.stringify({ client_name: 'Waits', email: 'waits@example.com' }),
    });
    expect([response.status, response.headers.get('preference-applied')]).toEqual([201, 'wait=25']);
    expect(await response.json()).toMatchObject({
      status: 'active',
      operation_run: {
        status: 'succeeded',
        result: { temporary_password: expect.any(String) as unknown },
      },
    });
  }, 30_000);

  it('deletes a tenant that was asked for over HTTP, with all that is its own', async () => {
    const end = (runId: unknown) =>
      expect
        .poll(async () => (await json(`/api/provisioning/operation-runs/${String(runId)}`))['status'], {
          timeout: 15_000,
        })
        .toBe('succeeded');
    const created = await call('POST', '/api/provisioning/tenants', {
      client_name: 'To be deleted',
      email: 'leaving@example.com',
    });
    const { tenant, operation_run_id } = (await created.json()) as Record<string, string>;
    await end(operation_run_id);
    const deleted = await call('DELETE', `/api/provisioning/tenants/${String(tenant)}`);
    expect(deleted.status).toBe(202);
    const { operation_run_id: deletion } = (await deleted.json()) as Record<string, string>;
    await end(deletion);
    expect((await call('GET', `/api/provisioning/tenants/${String(tenant)}`)).status).toBe(404);
    const { rows } = await database.db.pool.query(
      `SELECT (SELECT count(*)::int FROM tenants WHERE tenant = $1) AS tenants,
              (SELECT count(*)::int FROM companies WHERE tenant = $1) AS companies,
              (SELECT count(*)::int FROM workspaces w JOIN operation_runs r ON r.workspace_id = w.id WHERE r.id = $2) AS workspaces,
              (SELECT workflow_id FROM operation_runs WHERE id = $3) AS workflow`,
      [tenant, operation_run_id, deletion],
    );
    expect(rows).toEqual([{ tenants: 0, companies: 0, workspaces: 0, workflow: deletion }]);
    const { client, close } = await connectTemporalClient(temporal.address);
    const { type, status } = await client.workflow.getHandle(String(deletion)).describe();
    expect([type, status.name]).toEqual(['operationRunWorkflow', 'COMPLETED']);
    await close();
  }, 60_000);

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
    expect(await findMails('straight@example.com')).toHaveLength(1);
    const again = await start('tenant-creation-2');
    await expect(again.result()).rejects.toMatchObject({ cause: { cause: { type: 'DuplicateError' } } });
    await close();
  }, 30_000);

  describe('the programs of docs/provisioning.md, as they stand there', () => {
    const here = 'localhost:7233 is taken by another server, where these programs would go';
    let page = '';
    beforeAll(async () => {
      page = await readFile(PAGE, 'utf8');
      if (!isPortOurs && findTemporal()) console.warn(`Skipped: ${here}`);
    });
    beforeEach((context) => context.skip(!isPortOurs, here));

    /** Runs the block of the page that begins with its name, and gives what it printed. */
    const runFromPage = (name: string, ...args: string[]) => {
      const [, program] = new RegExp(`^\`\`\`js\n(// ${name}[^]*?)^\`\`\`$`, 'm').exec(page) ?? [];
      if (program === undefined) throw new Error(`The page has no ${name}`);
      return runTemporalProgram(program, args);
    };
    const findTenants = async (email: string) => {
      const { rows } = await database.db.pool.query<{ workflow_id: string }>(
        `SELECT t.company_name AS tenant, t.status, t.contract_line, c.company_name AS company, u.first_name, u.last_name, r.workflow_id
           FROM tenants t JOIN users u USING (tenant) JOIN companies c USING (tenant) JOIN operation_runs r ON r.id = t.operation_run_id
          WHERE t.email = $1`,
        [email],
      );
      return rows;
    };
    const acme = {
      tenant: 'Acme Corp',
      status: 'active',
      contract_line: 'professional',
      company: 'Acme Corporation',
      first_name: 'John',
      last_name: 'Doe',
    };
    /** Starts a creation and asks while the server is stopped, so that the question is there before the first step; to the end. */
    const whileStopped = async (workflowId: string, email: string, ask: () => Promise<unknown>) => {
      const { client, close } = await connectTemporalClient(temporal.address);
      const adminUser = { firstName: 'Ada', lastName: 'Admin', email };
      const args = [{ tenantName: 'Signalled', adminUser, companyName: 'Signalled Ltd' }];
      const start = { workflowId, taskQueue: 'tenant-creation', args };
      child.kill('SIGSTOP');
      try {
        await client.workflow.start('tenantCreationWorkflow', start);
        await ask();
        child.kill('SIGCONT');
        await client.workflow.result(workflowId);
      } finally {
        child.kill('SIGCONT');
        await close();
      }
    };

    it('create-tenant.mjs creates a tenant and tells how far it is; show-history.mjs tells what happened', async () => {
      const email = 'john.doe@acme.com';
      expect(await runFromPage('create-tenant.mjs')).toMatch(
        /^Current step: (queued|creating_tenant|creating_admin_user|setting_up_data|sending_welcome_email|completed) Progress: \d+%\n$/,
      );
      const workflow_id = expect.stringMatching(/^tenant-creation-\d+$/) as unknown;
      await expect.poll(() => findTenants(email), { timeout: 15_000 }).toEqual([{ ...acme, workflow_id }]);
      expect(await findMails(email)).toHaveLength(1);
      const [created] = await findTenants(email);
      const history = await runFromPage('show-history.mjs', String(created?.workflow_id));
      expect(history).toMatch(/^Workflow events: \[/);
      expect(history).toContain('workflowExecutionStartedEventAttributes');
    }, 60_000);

    it('change-contract-line.mjs changes what is not yet needed', async () => {
      const ask = () => runFromPage('change-contract-line.mjs', 'to-be-changed');
      await whileStopped('to-be-changed', 'changed@acme.com', ask);
      expect(await findTenants('changed@acme.com')).toMatchObject([
        { status: 'active', contract_line: 'enterprise', workflow_id: 'to-be-changed' },
      ]);
    }, 60_000);

    it('cancel-creation.mjs leaves nothing behind, and says who asked', async () => {
      const ask = () => runFromPage('cancel-creation.mjs', 'to-be-cancelled');
      await expect(whileStopped('to-be-cancelled', 'cancelled@acme.com', ask)).rejects.toThrow();
      expect(await findTenants('cancelled@acme.com')).toEqual([]);
      expect(await findMails('cancelled@acme.com')).toEqual([]);
      const { rows } = await database.db.pool.query(
        `SELECT reason_code, cancel_reason, cancelled_by FROM operation_runs WHERE workflow_id = 'to-be-cancelled'`,
      );
      expect(rows).toEqual([
        {
          reason_code: 'run.cancelled',
          cancel_reason: 'User requested cancellation',
          cancelled_by: 'admin@example.com',
        },
      ]);
    }, 60_000);

    it('check-health.mjs', async () => {
      expect(await runFromPage('check-health.mjs')).toBe('System status: healthy\n');
      // The workflow id is there already: asked once more, it is answered once more.
      expect(await runFromPage('check-health.mjs')).toBe('System status: healthy\n');
    }, 60_000);
  });
});
