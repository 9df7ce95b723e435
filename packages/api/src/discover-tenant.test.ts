import { openMicrosoft, type MicrosoftLab } from '@gangway/providers/testing/microsoft-lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './test-api.js';
import { type Caller, callerOf } from './test-caller.js';

const GLOBAL = 'a1b6c0de-4f1e-4c6b-8f7f-2f4a6c8e0b13';
const CHINA = 'c4d5e6f7-1a2b-4c3d-9e8f-0a1b2c3d4e5f';
const document = (issuer: string, id: string, msgraph_host: string) => ({
  body: { issuer: `https://${issuer}/${id}/v2.0`, msgraph_host },
});

let microsoft: MicrosoftLab;
let api: TestApi;
let owner: Caller;
let workspaceId: string;
beforeAll(async () => {
  microsoft = await openMicrosoft(({ cloud, path }) => {
    const name = decodeURIComponent(path.split('/')[1] ?? '');
    if (name === 'twofold.cn' && cloud === 'global')
      return document('login.microsoftonline.com', GLOBAL, 'graph.microsoft.com');
    if (name === 'twofold.cn' && cloud === 'china')
      return document('login.partner.microsoftonline.cn', CHINA, 'microsoftgraph.chinacloudapi.cn');
    if (name === 'nubes.it' && cloud === 'global')
      return document('login.nubes-identity.it', GLOBAL, 'graph.svc.nubes.it');
    return { status: 400, body: { error: 'invalid_tenant', error_codes: [90002] } };
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

test('a name of two tenants is given with both, each with what the workspace has of it', async () => {
  const chosen = { workspaceId, entraTenantId: CHINA, name: 'Twofold', domain: 'twofold.cn', cloud: 'china' };
  const { data: opened } = await owner.mutate('onboarding.identifyTenant', chosen);
  const { data: found } = await owner.query('managedTenants.discover', {
    workspaceId,
    domainOrId: 'twofold.cn',
  });
  expect(found).toEqual({
    entraTenantId: GLOBAL,
    cloud: 'global',
    domain: 'twofold.cn',
    choices: [
      { entraTenantId: GLOBAL, cloud: 'global' },
      {
        entraTenantId: CHINA,
        cloud: 'china',
        existing: {
          managedTenantId: opened['managedTenantId'],
          onboardingSessionId: opened['onboardingSessionId'],
          status: 'onboarding',
        },
      },
    ],
  });
  const { data: session } = await owner.query('onboarding.get', {
    workspaceId,
    onboardingSessionId: opened['onboardingSessionId'],
  });
  expect(session['managedTenant']).toMatchObject({ entraTenantId: CHINA, cloud: 'china' });
});

test('a tenant in a cloud that is not known is refused, with what to do about it', async () => {
  const { status, body } = await owner.query('managedTenants.discover', {
    workspaceId,
    domainOrId: 'nubes.it',
  });
  expect(status).toBe(400);
  expect(body).toContain('tenant.wrong_cloud');
  expect(body).toContain('cloud that this version does not know');
});
