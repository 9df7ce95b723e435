import { connectDirectory, signInMember } from './member-client.js';
import { callPartner, hasEnded, untilRun } from './partner-client.js';
import type { ProductFixture } from './product-fixture.js';
import { endServer } from './spawn-server.js';

/**
 * Leaves an empty database as a server does that is taken down for good at the worst moment: with runs that are queued,
 * whose worker is dead at one step or another, that wait for their next attempt, are being undone, or are parked.
 */
export async function leaveRunsInFlight(
  fixture: ProductFixture,
  variables: Record<string, string>,
): Promise<void> {
  const asApi = { ...variables, ROLE: 'api' };
  const api = await fixture.start(asApi);
  const member = await signInMember(() => api.url);
  await fixture.addWebhook();

  const healthy = fixture.spawn({ ...variables, ROLE: 'worker' });
  const { managedTenantId } = await connectDirectory(member, 'healthy.sandbox.example', 'sandbox-secret');
  const startOperation = (operationType: string) =>
    member.mutate('operations.start', { managedTenantId, operationType });
  await startOperation('provider.connection.check');
  const { runId: finished } = await fixture.createTenant(api.url, 'finished');
  const { runId, tenant: toDelete } = await fixture.createTenant(api.url, 'to-be-deleted');
  for (const id of [finished, runId]) await untilRun(api.url, id, hasEnded);
  await fixture.untilQuiet(api.url);
  await endServer(healthy);

  /** Lets a worker do what is asked for, until `untilThen`, and kills it where its fault has not. */
  const work = async (fault: string, ask: () => Promise<unknown>, untilThen?: () => Promise<unknown>) => {
    const worker = fixture.spawn({ ...variables, ROLE: 'worker', FAULT: fault });
    await ask();
    await untilThen?.();
    if (untilThen) await endServer(worker, 'SIGKILL');
    await worker.exitCode;
    // The next worker is not to take up what this one left: not even as a neighbour of the dead.
    await fixture.owner.query(
      `UPDATE operation_runs SET due_at = now() + interval '1 hour',
              lease_owner = CASE WHEN lease_owner IS NOT NULL THEN 'worker-elsewhere' END
        WHERE status IN ('queued', 'running')`,
    );
  };
  const create = (name: string, more: Record<string, string> = {}) =>
    fixture.createTenant(api.url, name, more);
  await work('tenant.create.setting_up_data.before:kill', () => create('before-a-step'));
  await work('tenant.create.creating_admin_user.after:kill', () => create('after-an-effect'));
  await work('tenant.delete.deleting_data.before:kill', () =>
    callPartner(api.url, 'DELETE', `/tenants/${toDelete}`),
  );
  await work('provider.connection.check.token_claims.before:kill', () =>
    startOperation('provider.connection.check'),
  );
  await work('inventory.users.read.after:kill', () => startOperation('inventory.users'));

  const lastFails = 'tenant.create.sending_welcome_email.before:throw';
  const isWaiting = (run: Record<string, unknown>) => run['waiting_until'] !== null;
  const createUntil = async (name: string, holds: (run: Record<string, unknown>) => boolean, more = {}) => {
    let id = '';
    const ask = async () => ({ runId: id } = await create(name, more));
    await work(lastFails, ask, () => untilRun(api.url, id, holds));
    return id;
  };
  await createUntil('parked', (run) => run['held'] === true, { failure_policy: 'hold' });
  await createUntil('waiting', isWaiting);
  const undoing = await createUntil('undoing', isWaiting);
  await work('tenant.create.setting_up_data.undo.before:kill', async () => {
    await callPartner(api.url, 'POST', `/operation-runs/${undoing}/cancel`, { body: {} });
    await fixture.owner.query('UPDATE operation_runs SET due_at = now() WHERE id = $1', [undoing]);
  });
  await create('queued');
  await startOperation('inventory.domains');
  await fixture.owner.query(
    `UPDATE operation_runs SET due_at = coalesce(waiting_until, now()) WHERE status IN ('queued', 'running')`,
  );
  await endServer(api);
}
