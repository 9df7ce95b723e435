import { afterEach, describe, expect, it } from 'vitest';
import {
  type CloudRequest,
  type JsonAnswer,
  type MicrosoftLab,
  openMicrosoft,
} from '../testing/microsoft-lab.js';
import { MICROSOFT_CLOUDS } from './cloud-table.js';

const TENANT = '3f2c9a4e-71d0-4d5b-9b1e-6a0c8e2d4f10';
const OTHER = '8b7d1c52-0e94-4a6f-8f35-c1d2e3f4a5b6';
type CloudName = CloudRequest['cloud'];

const NOT_FOUND: JsonAnswer = { status: 400, body: { error: 'invalid_tenant', error_codes: [90002] } };
const document = (issuer: string, msgraph_host?: string, more: Record<string, unknown> = {}): JsonAnswer => ({
  body: { issuer, ...(msgraph_host === undefined ? {} : { msgraph_host }), ...more },
});
const tenantIn = (cloud: CloudName, id = TENANT): JsonAnswer => {
  const { issuers, graphHost } = MICROSOFT_CLOUDS[cloud];
  return document(`https://${issuers[0] ?? ''}/${id}/v2.0`, graphHost);
};

describe('discovery over all of Microsoft’s clouds', () => {
  let lab: MicrosoftLab | null = null;
  afterEach(() => lab?.close());

  /** What is found when each authority answers as given, and the others know nothing. */
  async function discover(answers: Partial<Record<CloudName, JsonAnswer>>, domainOrId = 'fabrikam.com') {
    lab = await openMicrosoft(({ cloud }) => answers[cloud] ?? NOT_FOUND);
    return lab.provider.discover(domainOrId, AbortSignal.timeout(20_000));
  }

  it.each(Object.keys(MICROSOFT_CLOUDS) as CloudName[])('finds a tenant of %s', async (cloud) => {
    const asked = cloud === 'dod' ? 'usgov' : cloud;
    expect(await discover({ [asked]: tenantIn(cloud) })).toEqual({
      entraTenantId: TENANT,
      cloud,
      domain: 'fabrikam.com',
    });
  });

  // Documents as each kind of tenant gives them: the region says one thing, and decides nothing.
  it.each<[string, JsonAnswer, CloudName]>([
    [
      'GCC',
      document(`https://login.microsoftonline.com/${TENANT}/v2.0`, 'graph.microsoft.com', {
        tenant_region_scope: 'NA',
        tenant_region_sub_scope: 'GCC',
      }),
      'global',
    ],
    [
      'GCC High',
      document(`https://login.microsoftonline.us/${TENANT}/v2.0`, 'graph.microsoft.us', {
        tenant_region_scope: 'USGov',
        tenant_region_sub_scope: 'DODCON',
      }),
      'usgov',
    ],
    [
      'DoD with a region never seen before',
      document(`https://login.microsoftonline.us/${TENANT}/v2.0`, 'dod-graph.microsoft.us', {
        tenant_region_scope: 'ZZ',
      }),
      'dod',
    ],
    [
      'China',
      document(`https://login.partner.microsoftonline.cn/${TENANT}/v2.0`, 'microsoftgraph.chinacloudapi.cn', {
        tenant_region_scope: 'AS',
        cloud_instance_name: 'microsoftonline.com',
      }),
      'china',
    ],
    ['an issuer of before', document(`https://sts.windows.net/${TENANT}/`, 'graph.microsoft.com'), 'global'],
    ['login.windows.net', document(`https://login.windows.net/${TENANT}/v2.0`), 'global'],
    [
      'External ID',
      document(`https://${OTHER}.ciamlogin.com/${TENANT}/v2.0`, 'graph.microsoft.com'),
      'global',
    ],
    [
      'no region at all',
      document(`https://login.microsoftonline.com/${TENANT}/v2.0`, 'graph.microsoft.com', {
        tenant_region_scope: null,
      }),
      'global',
    ],
  ])('%s', async (_name, answer, cloud) => {
    expect(await discover({ global: answer })).toMatchObject({ entraTenantId: TENANT, cloud });
  });

  it.each<[string, JsonAnswer]>([
    ['an unknown cloud', document(`https://login.nubes-identity.it/${TENANT}/v2.0`, 'graph.svc.nubes.it')],
    [
      'an issuer that only resembles ours',
      document(`https://login.microsoftonline.com.evil.example/${TENANT}/v2.0`),
    ],
    [
      'issuer and Graph of two clouds',
      document(`https://login.microsoftonline.us/${TENANT}/v2.0`, 'graph.microsoft.com'),
    ],
    ['one of two clouds, and no Graph host', document(`https://login.microsoftonline.us/${TENANT}/v2.0`)],
    ['not over TLS', document(`http://login.microsoftonline.com/${TENANT}/v2.0`, 'graph.microsoft.com')],
  ])('%s is refused, and never read as the cloud that was asked', async (_name, answer) => {
    await expect(discover({ global: answer })).rejects.toMatchObject({
      reasonCode: 'tenant.wrong_cloud',
      advice: { remedy: expect.stringContaining('does not know') as string },
    });
  });

  it('a document without a tenant is no tenant', async () => {
    await expect(
      discover({
        global: document('https://login.microsoftonline.com/{tenantid}/v2.0', 'graph.microsoft.com'),
      }),
    ).rejects.toMatchObject({ reasonCode: 'provider.unexpected_response' });
  });

  it('one tenant is found once, whoever answers for it', async () => {
    const answers = { global: tenantIn('usgov'), usgov: tenantIn('usgov'), china: tenantIn('usgov') };
    expect(await discover(answers)).toEqual({
      entraTenantId: TENANT,
      cloud: 'usgov',
      domain: 'fabrikam.com',
    });
  });

  it('a domain of two tenants, and an id of two, are left to a person to choose', async () => {
    const both = { global: tenantIn('global'), china: tenantIn('china', OTHER), usgov: tenantIn('global') };
    expect(await discover(both)).toEqual({
      entraTenantId: TENANT,
      cloud: 'global',
      domain: 'fabrikam.com',
      choices: [
        { entraTenantId: TENANT, cloud: 'global' },
        { entraTenantId: OTHER, cloud: 'china' },
      ],
    });
    await lab?.close();
    const found = await discover({ global: tenantIn('global'), usgov: tenantIn('usgov') }, TENANT);
    expect(found.choices?.map(({ cloud }) => cloud)).toEqual(['global', 'usgov']);
  });

  it('an authority that is down hides nobody that another one knows', async () => {
    const found = await discover({ global: {}, usgov: { status: 503, body: {} }, delos: tenantIn('delos') });
    expect(found).toMatchObject({ entraTenantId: TENANT, cloud: 'delos' });
  });

  it('says which clouds could not be asked about a name that nobody knows', async () => {
    await expect(discover({ china: {} })).rejects.toMatchObject({
      reasonCode: 'tenant.not_found',
      advice: { remedy: expect.stringContaining('China (21Vianet)') as string },
    });
    await lab?.close();
    await expect(discover({ global: {} })).rejects.toMatchObject({ reasonCode: 'network.unreachable' });
  });

  it('gives up an authority that hangs once another one has answered', async () => {
    lab = await openMicrosoft(({ cloud }) =>
      cloud === 'china' ? new Promise<JsonAnswer>(() => undefined) : tenantIn('global'),
    );
    const found = await lab.provider.discover('fabrikam.com', AbortSignal.timeout(8_000));
    expect(found.cloud).toBe('global');
  });
});
