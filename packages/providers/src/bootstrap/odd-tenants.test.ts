import { afterEach, describe, expect, it } from 'vitest';
import { type JsonAnswer, type MicrosoftLab, openMicrosoft } from '../testing/microsoft-lab.js';
import { globalTarget, tenantOf } from '../testing/tenant-of.js';

let lab: MicrosoftLab | null = null;
afterEach(() => lab?.close());
const soon = () => AbortSignal.timeout(20_000);
const EXPIRED: JsonAnswer = {
  status: 400,
  body: { error: { code: 'Directory_ExpiredPageToken', message: '' } },
};

describe('a paged read whose place Microsoft has forgotten', () => {
  const PAGES = 40;
  /** Users, three a page; `isForgotten` says which pages are gone. */
  async function readUsers(isForgotten: (page: number) => boolean, style = '$skiptoken=X%27') {
    let calls = 0;
    const opened = await openMicrosoft(
      tenantOf((path) => {
        calls += 1;
        const page = Number(/page(\d+)/.exec(path)?.[1] ?? 1);
        if (isForgotten(page)) return EXPIRED;
        const value = [{ userType: 'Guest' }, { accountEnabled: false }, { userType: null }];
        const next = `${opened.origin}/graph/global/v1.0/users?$select=id&$select=id&${style}page${page + 1}%27`;
        return { body: { value, ...(page < PAGES ? { '@odata.nextLink': next } : {}) } };
      }),
    );
    lab = opened;
    const users = await opened.provider
      .read('inventory.users', globalTarget(), soon())
      .catch((error: unknown) => error);
    return { users, calls };
  }

  it.each(['$skiptoken=X%27', '%24skiptoken=RFNwdAIAAQ', '$skip='])(
    'starts again at page one: %s',
    async (style) => {
      let forgotten = 0;
      const { users, calls } = await readUsers((page) => page === PAGES && (forgotten += 1) === 1, style);
      expect(users).toEqual({ total: 120, members: 80, guests: 40, disabled: 40 });
      expect(calls).toBe(2 * PAGES);
    },
  );

  it('follows a link as it is, also one whose path lacks a slash', async () => {
    const asked: string[] = [];
    const opened = await openMicrosoft(
      tenantOf((path) => {
        asked.push(path);
        const next = `${opened.origin}/graph/global/v1.0/myorganizationusers?$skiptoken=RFNwdAIAAQ~__-`;
        return { body: { value: [{}], ...(asked.length === 1 ? { '@odata.nextLink': next } : {}) } };
      }),
    );
    lab = opened;
    expect(await opened.provider.read('inventory.users', globalTarget(), soon())).toMatchObject({ total: 2 });
    expect(asked[1]).toBe('/v1.0/myorganizationusers?$skiptoken=RFNwdAIAAQ~__-');
  });

  it('and gives up after the fifth time', async () => {
    const { users, calls } = await readUsers((page) => page === 2);
    expect(users).toMatchObject({
      reasonCode: 'request.invalid',
      evidence: { graphCode: 'Directory_ExpiredPageToken' },
    });
    expect(calls).toBe(12);
  });

  it('a first page that is refused like that is no place to come back to', async () => {
    expect((await readUsers((page) => page === 1)).calls).toBe(1);
  });
});

describe('tenants that are unlike most', () => {
  async function read(
    type: Parameters<MicrosoftLab['provider']['read']>[0],
    graph: (path: string) => JsonAnswer,
  ) {
    lab = await openMicrosoft(tenantOf(graph));
    return lab.provider.read(type, globalTarget(), soon());
  }

  it('an organization without a name and with 5,000 domains', async () => {
    const verifiedDomains = Array.from({ length: 5_000 }, (_, index) => ({
      name: `d${index}.onmicrosoft.com`,
      capabilities: 'Email, OfficeCommunicationsOnline',
      type: index % 2 ? 'Managed' : 'Federated',
    }));
    const found = await read('inventory.organization', () => ({
      body: {
        value: [{ id: 'o-1', tenantType: 'AAD B2C', directorySizeQuota: { total: 1 }, verifiedDomains }],
      },
    }));
    expect(found).toMatchObject({ id: 'o-1', displayName: '' });
  });

  it('5,000 domains in pages of 500: all counted, some kept', async () => {
    const opened = await openMicrosoft(
      tenantOf((path) => {
        const page = Number(/skiptoken=p(\d+)/.exec(path)?.[1] ?? 0);
        const value = Array.from({ length: 500 }, (_, index) => ({
          id: `d${page * 500 + index}.example`,
          isVerified: index % 5 > 0,
        }));
        const next = `${opened.origin}/graph/global/v1.0/domains?$skiptoken=p${page + 1}`;
        return { body: { value, ...(page < 9 ? { '@odata.nextLink': next } : {}) } };
      }),
    );
    lab = opened;
    const found = await opened.provider.read('inventory.domains', globalTarget(), soon());
    expect(found).toMatchObject({ total: 5_000, verified: 4_000 });
    expect(found.domains).toHaveLength(100);
  });

  it('300 licences: all counted, some kept', async () => {
    const value = Array.from({ length: 300 }, (_, index) => ({
      skuPartNumber: `SKU_${index}`,
      capabilityStatus: 'Enabled',
      consumedUnits: index,
      prepaidUnits: { enabled: 1 },
    }));
    const found = await read('inventory.licenses', () => ({ body: { value } }));
    expect(found).toMatchObject({ total: 300 });
    expect(found).toHaveProperty('skus.length', 100);
  });

  it('licences that have lapsed', async () => {
    const sku = (more: object) => ({ skuPartNumber: 'SPE_E3', appliesTo: 'Company', ...more });
    const found = await read('inventory.licenses', () => ({
      body: {
        value: [
          sku({
            capabilityStatus: 'Suspended',
            consumedUnits: 9,
            prepaidUnits: { enabled: 0, suspended: 5, warning: 1 },
          }),
          sku({ capabilityStatus: 'LockedOut', consumedUnits: null, prepaidUnits: null }),
        ],
      },
    }));
    expect(found).toMatchObject({
      total: 2,
      skus: [
        { enabled: 0, consumed: 9 },
        { enabled: 0, consumed: 0 },
      ],
    });
  });

  it('no Global Administrator, or groups and applications in that role', async () => {
    const other = { id: 'r-1', roleTemplateId: 'ffffffff-0000-4000-8000-000000000000' };
    expect(await read('inventory.directory_roles', () => ({ body: { value: [other] } }))).toMatchObject({
      globalAdministratorCount: 0,
    });
    await lab?.close();
    const found = await read('inventory.directory_roles', (path) => {
      const role = { id: 'r-2', roleTemplateId: '62e90394-69f5-4237-9190-012177145e10' };
      const members = [
        { '@odata.type': '#microsoft.graph.group', displayName: 'Admins' },
        { userPrincipalName: 'a@b.example' },
      ];
      return { body: { value: path.includes('/members') ? members : [role] } };
    });
    expect(found).toMatchObject({
      globalAdministrators: [{ userPrincipalName: null }, { userPrincipalName: 'a@b.example' }],
    });
  });
});
