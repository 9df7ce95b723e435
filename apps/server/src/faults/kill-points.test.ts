import { CHECK_KEYS } from '@gangway/contract/operations';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectDirectory, type Member, sandboxConnection, signInMember } from '../testing/member-client.js';
import { type AcceptedTenant, callPartner, fetchToken, untilRun } from '../testing/partner-client.js';
import { createProductFixture, type ProductFixture } from '../testing/product-fixture.js';
import { endServer } from '../testing/spawn-server.js';

// Workers of the built product are killed with -9 at every point of every operation, one after the other on one
// database. The lease of each dead one is made to last until the end, so that every point is met by a run of its own;
// then all leases are over at once, and one worker ends what many had begun.

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 });

const CREATE = ['creating_tenant', 'creating_admin_user', 'setting_up_data', 'sending_welcome_email'];
const DELETE = ['closing_access', 'deleting_data', 'deleting_tenant'];
const around = (type: string, steps: readonly string[], tail = '') =>
  steps.flatMap((step) => [`${type}.${step}${tail}.before`, `${type}.${step}${tail}.after`]);
const LAST_STEP_FAILS = 'tenant.create.sending_welcome_email.after:throw';

let fixture: ProductFixture;
let url = '';
let member: Member;
let managedTenantId = '';
const toDelete: AcceptedTenant[] = [];
let names = 0;

beforeAll(async () => {
  fixture = await createProductFixture();
  const healthy = await fixture.start({ DEMO: '1' });
  await fixture.addWebhook();
  member = await signInMember(() => healthy.url);
  ({ managedTenantId } = await connectDirectory(member, 'healthy.sandbox.example', 'sandbox-secret'));
  await member.mutate('operations.start', { managedTenantId, operationType: 'provider.connection.check' });
  for (const _ of around('', DELETE))
    toDelete.push(await fixture.createTenant(healthy.url, `delete-${(names += 1)}`));
  await plantCanaries(healthy.url);
  await fixture.untilQuiet(healthy.url);
  expect(await endServer(healthy)).toBe(0);
  // What is asked for is accepted by a server that only serves; who works on it is killed.
  const api = await fixture.start({ DEMO: '1', ROLE: 'api' });
  url = api.url;
  member = await signInMember(() => url);
});
afterAll(() => fixture.drop());

/** Starts a worker that dies at the point, asks for work that leads there, and tells what ended it. */
async function dieAt(fault: string, ask: () => Promise<unknown>): Promise<NodeJS.Signals | null> {
  const worker = fixture.spawn({ ROLE: 'worker', FAULT: fault });
  await ask();
  await worker.exitCode;
  await fixture.owner.query(
    // As if on a machine of its own: a neighbour would take up at once what the dead one held.
    `UPDATE operation_runs SET due_at = now() + interval '1 hour', lease_owner = 'elsewhere' WHERE lease_owner IS NOT NULL`,
  );
  return worker.child.signalCode;
}

describe('a worker that is killed with -9', () => {
  it.each(around('tenant.create', CREATE))('at %s', async (point) => {
    const ask = () => fixture.createTenant(url, `create-${(names += 1)}`);
    expect(await dieAt(`${point}:kill`, ask)).toBe('SIGKILL');
  });

  it.each(around('tenant.create', CREATE, '.undo'))('at %s', async (point) => {
    const ask = async () => {
      const { runId } = await fixture.createTenant(url, `undo-${(names += 1)}`);
      await untilRun(url, runId, (run) => run['waiting_until'] !== null);
      await callPartner(url, 'POST', `/operation-runs/${runId}/cancel`, { body: {} });
    };
    expect(await dieAt(`${LAST_STEP_FAILS},${point}:kill`, ask)).toBe('SIGKILL');
  });

  it.each(around('tenant.delete', DELETE))('at %s', async (point) => {
    const ask = () => callPartner(url, 'DELETE', `/tenants/${String(toDelete.pop()?.tenant)}`);
    expect(await dieAt(`${point}:kill`, ask)).toBe('SIGKILL');
  });

  it.each([...around('inventory.users', ['read']), ...around('inventory.domains', ['store_snapshot'])])(
    'at %s',
    async (point) => {
      const [operationType] = /^inventory\.[a-z]+/.exec(point) ?? [];
      const ask = async () => {
        // At most one run of a type is live about a directory: the one before is done first.
        await fixture.owner.query(`UPDATE operation_runs SET due_at = now() WHERE type = $1`, [
          operationType,
        ]);
        await member.mutate('operations.start', { managedTenantId, operationType });
      };
      expect(await dieAt(`${point}:kill`, ask)).toBe('SIGKILL');
    },
  );

  it.each(around('provider.connection.check', CHECK_KEYS))('at %s', async (point) => {
    const ask = async () => {
      const { id: providerConnectionId } = await member.mutate<{ id: string }>('connections.create', {
        managedTenantId,
        displayName: `Connection ${(names += 1)}`,
        ...sandboxConnection('sandbox-secret'),
      });
      await member.mutate('connections.setDefault', { providerConnectionId });
      await member.mutate('operations.start', {
        managedTenantId,
        operationType: 'provider.connection.check',
      });
    };
    expect(await dieAt(`${point}:kill`, ask)).toBe('SIGKILL');
  });
});

describe('afterwards, without help', () => {
  it('every run ends, nothing is there twice or by half, and no secret is anywhere', async () => {
    await fixture.owner.query(`UPDATE operation_runs SET due_at = now() WHERE lease_owner IS NOT NULL`);
    const healthy = await fixture.start({ DEMO: '1' });
    await fixture.untilQuiet(healthy.url);
    const { rows } = await fixture.owner.query(
      `SELECT type, reason_code, count(*)::int FROM operation_runs WHERE NOT held AND (status = 'failed') = (reason_code IS NOT NULL)
         AND type IN ('tenant.create', 'tenant.delete') GROUP BY 1, 2 ORDER BY 1, 2`,
    );
    expect(rows).toEqual([
      { type: 'tenant.create', reason_code: 'run.cancelled', count: 8 },
      { type: 'tenant.create', reason_code: null, count: 14 },
      { type: 'tenant.delete', reason_code: null, count: 6 },
    ]);
    const ofWorkspaces = await fixture.owner.query(
      `SELECT DISTINCT status FROM operation_runs WHERE workspace_id IS NOT NULL`,
    );
    expect(ofWorkspaces.rows).toEqual([{ status: 'succeeded' }]);
    await fixture.check(healthy.url);
  });
});

/** Things that may never be seen again: a provider's secret, a password, a key, a token, what Microsoft said. */
async function plantCanaries(base: string): Promise<void> {
  const token = await fetchToken(base, 'demo-partner');
  expect((await callPartner(base, 'GET', '/tenants', { token })).status).toBe(200);
  const key = 'gwk_canary_0123456789abcdef';
  expect((await callPartner(base, 'GET', '/tenants', { token: key })).status).toBe(401);
  const secret = 'canary-provider-secret';
  await connectDirectory(member, 'consent-missing.sandbox.example', secret);
  await expect(signInMember(() => base, 'viewer@acme.example', 'canary-password')).rejects.toThrow('401');
  fixture.canaries.push(token, key, secret, 'canary-password', 'Invalid client secret provided');
}
