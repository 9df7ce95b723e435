import type { PartnerResource } from '@gangway/domain/access/identify-partner';
import type { Route } from './route.js';
import type { TestPartnerApi } from './test-partner-api.js';

let count = 0;

/** The id of something new of the kind, such that the route has something to do with it. For an API without its engine. */
export async function freshId(api: TestPartnerApi, { name, names }: Route): Promise<string> {
  return names ? await MAKERS[names.kind](api, name) : '';
}

/** A body that the route accepts now. */
export function freshBody({ name, example }: Route): Record<string, unknown> | undefined {
  if (name === 'tenants.create') return { ...example, email: freshEmail() };
  if (name === 'webhooks.create') return { ...example, url: 'https://93.184.215.14/' };
  return example;
}

export const freshEmail = (): string => `fresh-${(count += 1)}@example.com`;

/** Puts what a route names into a state in which the route refuses it: a 409. */
export async function bringInTheWay(api: TestPartnerApi, { name }: Route, id: string): Promise<void> {
  const { prisma } = api.app.db;
  if (name.startsWith('tenants.'))
    await prisma.tenant.update({
      where: { tenant: id },
      data: { status: name === 'tenants.delete' ? 'provisioning' : 'deleting' },
    });
  if (name.startsWith('operationRuns.'))
    await prisma.operationRun.update({
      where: { id },
      data: { status: 'failed', held: false, finishedAt: new Date() },
    });
}

const MAKERS: Record<PartnerResource, (api: TestPartnerApi, name: string) => Promise<string>> = {
  async tenant(api, name) {
    const { tenant } = await createTenant(api);
    const status = name === 'tenants.reactivate' ? 'suspended' : 'active';
    await api.app.db.prisma.tenant.update({ where: { tenant }, data: { status } });
    return tenant;
  },
  async operationRun(api, name) {
    const { id } = await createTenant(api);
    const isParked = name === 'operationRuns.resume' || name === 'operationRuns.rollBack';
    if (isParked)
      await api.app.db.prisma.operationRun.update({
        where: { id },
        data: { status: 'failed', held: true, finishedAt: new Date() },
      });
    return id;
  },
  async apiKey(api) {
    const body = { name: 'fresh', permissions: ['tenant:read'] };
    return idOf(await api.call('POST', '/api/provisioning/api-keys', { body }));
  },
  webhook: createWebhook,
  async webhookDelivery(api) {
    const id = await createWebhook(api);
    return idOf(await api.call('POST', `/api/provisioning/webhooks/${id}/test`));
  },
  mailTemplate: () => Promise.resolve('welcome_temporary_password'),
};

async function createTenant(api: TestPartnerApi): Promise<{ tenant: string; id: string }> {
  const body = { client_name: 'Fresh', email: freshEmail() };
  const created = await api.call('POST', '/api/provisioning/tenants', { body });
  return { tenant: String(created.body['tenant']), id: String(created.body['operation_run_id']) };
}

async function createWebhook(api: TestPartnerApi): Promise<string> {
  const body = { url: 'https://93.184.215.14/', events: ['tenant.created'] };
  return idOf(await api.call('POST', '/api/provisioning/webhooks', { body }));
}

const idOf = (answer: { body: Record<string, unknown> }): string => String(answer.body['id']);
