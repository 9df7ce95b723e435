import { randomUUID } from 'node:crypto';
import { openMicrosoft, type MicrosoftLab } from '@gangway/providers/testing/microsoft-lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './test-api.js';
import { atOnce, type Caller, callerOf } from './test-caller.js';
import { newConnection } from './test-onboarding.js';

// Decision 035: a managed tenant is its Entra tenant id and its cloud.

const HOSTS = {
  global: ['login.microsoftonline.com', 'graph.microsoft.com'],
  china: ['login.partner.microsoftonline.cn', 'microsoftgraph.chinacloudapi.cn'],
} as const;

let microsoft: MicrosoftLab;
let api: TestApi;
let owner: Caller;
let workspaceId: string;
beforeAll(async () => {
  // Every tenant id that is asked for is a tenant in two clouds.
  microsoft = await openMicrosoft(({ cloud, path }) => {
    const id = decodeURIComponent(path.split('/')[1] ?? '');
    if (cloud !== 'global' && cloud !== 'china')
      return { status: 400, body: { error: 'invalid_tenant', error_codes: [90002] } };
    const [issuer, msgraph_host] = HOSTS[cloud];
    return { body: { issuer: `https://${issuer}/${id}/v2.0`, msgraph_host } };
  });
  api = await startTestApi({ provider: microsoft.provider });
  owner = await callerOf(api, 'owner@acme.example');
  const { id } = await api.app.db.prisma.workspace.findFirstOrThrow({ where: { slug: 'acme' } });
  workspaceId = id;
});
afterAll(async () => {
  await api.close();
  await microsoft.close();
});

async function identify(entraTenantId: string, cloud?: string) {
  const input = { workspaceId, entraTenantId, name: 'Wide World Importers', cloud };
  const { status, data } = await owner.mutate('onboarding.identifyTenant', input);
  expect(status).toBe(200);
  return {
    managedTenantId: String(data['managedTenantId']),
    onboardingSessionId: String(data['onboardingSessionId']),
    version: Number(data['version']),
  };
}

async function cloudOf(managedTenantId: string): Promise<unknown> {
  return (await owner.query('managedTenants.get', { workspaceId, managedTenantId })).data['cloud'];
}

test('each cloud of one id is a managed tenant of its own, and is found again as such', async () => {
  const id = randomUUID();
  const china = await identify(id, 'china');
  const before = await owner.query('managedTenants.discover', { workspaceId, domainOrId: id });
  expect(before.data['choices']).toEqual([
    { entraTenantId: id, cloud: 'global' },
    expect.objectContaining({
      ...{ entraTenantId: id, cloud: 'china' },
      existing: expect.objectContaining({ managedTenantId: china.managedTenantId }) as unknown,
    }),
  ]);

  const global = await identify(id, 'global');
  expect(global.managedTenantId).not.toBe(china.managedTenantId);
  expect(await Promise.all([cloudOf(china.managedTenantId), cloudOf(global.managedTenantId)])).toEqual([
    'china',
    'global',
  ]);
  expect(await identify(id, 'china')).toEqual(china);
  expect(await identify(id, 'global')).toEqual(global);
  const after = await owner.query('managedTenants.discover', { workspaceId, domainOrId: id });
  expect(after.data['choices']).toMatchObject([
    { cloud: 'global', existing: { onboardingSessionId: global.onboardingSessionId } },
    { cloud: 'china', existing: { onboardingSessionId: china.onboardingSessionId } },
  ]);
});

test('many that identify one id in two clouds at once make two managed tenants', async () => {
  const entraTenantId = randomUUID();
  const told = await atOnce(24, (index) =>
    owner.mutate('onboarding.identifyTenant', {
      ...{ workspaceId, entraTenantId, name: 'Litware' },
      cloud: index % 2 ? 'global' : 'china',
    }),
  );
  expect(new Set(told.map(({ status }) => status))).toEqual(new Set([200]));
  const rows = await api.app.db.prisma.managedTenant.findMany({ where: { entraTenantId } });
  expect(rows.map(({ cloud }) => cloud).toSorted()).toEqual(['china', 'global']);
});

test('a tenant without a cloud is the one of the cloud that is named next, and of no other', async () => {
  const id = randomUUID();
  const first = await identify(id);
  expect(await identify(id, 'usgov')).toEqual(first);
  expect(await cloudOf(first.managedTenantId)).toBe('usgov');
  const second = await identify(id, 'china');
  expect(second.managedTenantId).not.toBe(first.managedTenantId);
  // A client that names no cloud goes on with the first.
  expect(await identify(id)).toEqual(first);
});

test('a connection in the cloud of the other managed tenant is refused at its field', async () => {
  const id = randomUUID();
  const china = await identify(id, 'china');
  await identify(id, 'global');
  const { managedTenantId: _, ...session } = china;
  const selected = await owner.mutate('onboarding.selectConnection', {
    ...{ workspaceId, ...session },
    create: newConnection({ cloud: 'global' }),
  });
  expect(selected.status).toBe(400);
  expect(selected.body).toContain('"field":"cloud"');
  expect(await cloudOf(china.managedTenantId)).toBe('china');
});
