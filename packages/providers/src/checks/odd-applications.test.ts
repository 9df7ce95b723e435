import { GRAPH_APP_ID, GRAPH_PERMISSIONS, REQUIRED_PERMISSIONS } from '@gangway/contract/graph-permissions';
import { afterEach, describe, expect, it } from 'vitest';
import { type JsonAnswer, type MicrosoftLab, openMicrosoft } from '../testing/microsoft-lab.js';
import { passedChecks } from '../testing/passed-checks.js';
import { globalTarget, tenantOf } from '../testing/tenant-of.js';

let lab: MicrosoftLab | null = null;
afterEach(() => lab?.close());
const soon = () => AbortSignal.timeout(20_000);
const SP = 'sp-7';
const earlier = passedChecks({ token_claims: { tokenRoles: [] }, application: { servicePrincipalId: SP } });

describe('who has switched the application off', () => {
  it.each([
    [{ accountEnabled: false }, 'app.disabled', 'customerAdmin'],
    [{ accountEnabled: true, isDisabled: true }, 'app.deactivated', 'operator'],
    [
      { accountEnabled: true, disabledByMicrosoftStatus: 'DisabledDueToViolationOfServicesAgreement' },
      'app.disabled_by_microsoft',
      'operator',
    ],
    [{ accountEnabled: true, isDisabled: null, disabledByMicrosoftStatus: 'NotDisabled' }, null, null],
    [
      { servicePrincipalType: 'Legacy', appOwnerOrganizationId: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a' },
      null,
      null,
    ],
  ])('%o', async (found, reasonCode, whoFixes) => {
    lab = await openMicrosoft(tenantOf(() => ({ body: { id: SP, ...found } })));
    const { check } = await lab.provider.check('application', globalTarget(), earlier, soon());
    expect(check).toMatchObject({ status: reasonCode === null ? 'pass' : 'fail', reasonCode, whoFixes });
  });

  it('a cloud that does not know the new properties is asked without them', async () => {
    lab = await openMicrosoft(
      tenantOf((path) =>
        path.includes('isDisabled')
          ? {
              status: 400,
              body: {
                error: { code: 'BadRequest', message: "Could not find a property named 'isDisabled'" },
              },
            }
          : { body: { id: SP, accountEnabled: false } },
      ),
    );
    const { check } = await lab.provider.check('application', globalTarget(), earlier, soon());
    expect(check.reasonCode).toBe('app.disabled');
  });
});

describe('grants', () => {
  const GRAPH = 'AAAA1111-2222-4333-8444-555566667777';
  const grant = (appRoleId: string, resourceId: string | null = GRAPH) => ({
    appRoleId,
    resourceId,
    createdDateTime: null,
  });
  const idOf = (name: keyof typeof GRAPH_PERMISSIONS) => GRAPH_PERMISSIONS[name].id;
  const ALL = REQUIRED_PERMISSIONS.map((name) => grant(idOf(name)));

  async function check(
    grants: object[],
    graph: JsonAnswer = { body: { id: GRAPH.toLowerCase() } },
    grantsBefore: string[] | null = null,
  ) {
    lab = await openMicrosoft(
      tenantOf((path) => {
        if (path.includes('appRoleAssignments')) return { body: { value: grants } };
        if (path.includes(GRAPH_APP_ID)) return graph;
        return { status: 403, body: { error: { code: 'Authorization_RequestDenied' } } };
      }),
    );
    return lab.provider.check('granted_permissions', globalTarget({ grantsBefore }), earlier, soon());
  }
  const missingIn = async (grants: object[]) =>
    (await check(grants)).permissions
      ?.filter((row) => row.required && !row.grantedAsApplication)
      .map((row) => row.permission);

  it.each<[string, string[], string[]]>([
    ['Directory.Read.All', [idOf('Directory.Read.All')], ['Policy.Read.All']],
    [
      'Directory.ReadWrite.All',
      ['19DBC75E-C2E2-444C-A770-EC69D8559FC7'],
      ['Domain.Read.All', 'Policy.Read.All'],
    ],
    [
      'User.Read.All reads the organization, and LicenseAssignment.Read.All the licences',
      [idOf('User.Read.All'), idOf('LicenseAssignment.Read.All')],
      ['Domain.Read.All', 'RoleManagement.Read.Directory', 'Policy.Read.All', 'Application.Read.All'],
    ],
    [
      'User.Read.All alone does not read the licences',
      [idOf('User.Read.All')],
      [
        'Organization.Read.All',
        'Domain.Read.All',
        'RoleManagement.Read.Directory',
        'Policy.Read.All',
        'Application.Read.All',
      ],
    ],
  ])('what is missing beside %s', async (_name, ids, missing) => {
    expect(await missingIn(ids.map((id) => grant(id)))).toEqual(missing);
  });

  it('what was granted before and is gone is a warning, and names what is gone', async () => {
    const { check: row } = await check(ALL, undefined, [
      'Directory.Read.All',
      'User.Read.All',
      'a-role-by-id',
    ]);
    expect(row).toMatchObject({ status: 'warn', reasonCode: 'permission.revoked' });
    expect(row.remedy).toMatch(/^Directory\.Read\.All, a-role-by-id: /);
  });

  it('roles of another service do not count, though they have the id of ours', async () => {
    const [first, ...others] = ALL;
    const foreign = { ...first, resourceId: 'bbbb1111-2222-4333-8444-555566667777' };
    expect(await missingIn([foreign, ...others])).toEqual([REQUIRED_PERMISSIONS[0]]);
  });

  it('if Graph itself cannot be read, every role counts', async () => {
    const { check: row } = await check(ALL, {
      status: 403,
      body: { error: { code: 'Authorization_RequestDenied' } },
    });
    expect(row.status).toBe('pass');
  });

  it('unknown roles are kept by id, and are a warning, also 1,500 of them', async () => {
    const unknown = Array.from({ length: 1_494 }, (_, index) =>
      grant(`${String(index).padStart(8, '0')}-0000-4000-8000-00000000abcd`),
    );
    const { check: row, facts } = await check([...ALL, ...unknown]);
    expect(row).toMatchObject({ status: 'warn', reasonCode: 'permission.excessive' });
    expect(row.remedy).toContain('00000000-0000-4000-8000-00000000abcd');
    expect(row.remedy?.length).toBeLessThan(1_000);
    expect(facts.grants).toHaveLength(1_500);
  });
});

describe('credentials as Microsoft lists them', () => {
  const inDays = (days: number) =>
    new Date(Date.now() + days * 86_400_000).toISOString().replace('Z', '9801Z');
  it.each([
    [[{ displayName: null, hint: null, endDateTime: '2299-12-31T00:00:00Z' }], 'pass'],
    [[{ hint: 'Wv6' }, { hint: 'Wv6', endDateTime: inDays(9), startDateTime: inDays(1) }], 'warn'],
    [Array.from({ length: 30 }, (_, index) => ({ hint: 'Wv6', endDateTime: inDays(60 + index) })), 'pass'],
    [[], 'skipped'],
  ])('%o', async (passwordCredentials, status) => {
    const asked: string[] = [];
    lab = await openMicrosoft(
      tenantOf((path) => {
        asked.push(path);
        return { body: { passwordCredentials } };
      }),
    );
    const { check } = await lab.provider.check('credential_expiry', globalTarget(), earlier, soon());
    expect(check.status).toBe(status);
    // Key credentials are limited to 150 reads a minute, and say nothing about a secret.
    expect(asked.join()).not.toContain('keyCredentials');
  });

  it.each([
    ['lives in another tenant', { status: 404, body: { error: { code: 'Request_ResourceNotFound' } } }],
    ['does not list it', { body: { passwordCredentials: [{ hint: 'oth', endDateTime: inDays(90) }] } }],
  ])('the service principal carries the credential, and the registration %s', async (_name, registration) => {
    const held = { passwordCredentials: [{ hint: 'Wv6', endDateTime: inDays(6) }] };
    lab = await openMicrosoft(
      tenantOf((path) => (path.startsWith('/v1.0/applications') ? registration : { body: held })),
    );
    const { check } = await lab.provider.check('credential_expiry', globalTarget(), earlier, soon());
    expect(check).toMatchObject({ status: 'warn', reasonCode: 'credential.expiring' });
  });
});
